import { describe, expect, it } from 'vitest';
import { cookieCalls } from './calls/cookies.ts';
import { headersCalls } from './calls/headers.ts';
import { multiDictCalls } from './calls/multi-dict.ts';
import { type Calls, type Case, readSuite, runCase, thrownName } from './suite.ts';

const CALLS: Readonly<Record<string, Calls>> = {
  'datastructures-headers': headersCalls,
  'datastructures-multidict': multiDictCalls,
  'http-cookies': cookieCalls,
};

for (const [name, calls] of Object.entries(CALLS)) {
  describe(name, () => {
    for (const [index, vector] of readSuite(name).cases.entries()) {
      it(`${index}: ${vector.name}`, () => check(calls, vector));
    }
  });
}

function check(calls: Calls, vector: Case): void {
  if (vector.throws === undefined) {
    expect(runCase(calls, vector)).toEqual(pattern(vector.want));
    return;
  }
  let thrown: unknown;
  try {
    runCase(calls, vector);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeDefined();
  if (vector.throws !== 'Error') expect(thrownName(thrown)).toBe(vector.throws);
}

/** What is wanted, as a pattern: `{ throws: 'Error' }` stands for any error. */
function pattern(want: unknown): unknown {
  if (typeof want !== 'object' || want === null) return want;
  if (Array.isArray(want)) return want.map(pattern);
  const parts = Object.entries(want).map(([key, value]) => [key, pattern(value)]);
  return isAnyError(want) ? { throws: expect.any(String) } : Object.fromEntries(parts);
}

function isAnyError(want: object): boolean {
  return 'throws' in want && want.throws === 'Error';
}
