import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { callTable } from '../calls/call.ts';
import { encode } from '../calls/encode.ts';
import { isWanted } from './compare.ts';
import { runSuites } from './run-suites.ts';
import { runVector } from './run-vector.ts';
import { readSuites, type Suite, type Vector } from './suite.ts';

class OwnError extends Error {
  override name = 'OwnError';
}

const calls = callTable({
  echo: (value: unknown) => value,
  later: async (value: unknown) => value,
  fail: () => {
    throw new OwnError('no');
  },
  reject: () => Promise.reject(new OwnError('no')),
  throwNothing: () => {
    throw undefined;
  },
});

function vector(changes: Partial<Vector>): Vector {
  return { name: 'n', call: 'echo', args: [], ...changes };
}

describe('runVector', () => {
  it('compares what a call returns, or its promise gives', async () => {
    expect(await runVector(vector({ args: [1], want: 1 }), calls)).toBeNull();
    expect(await runVector(vector({ args: [1], want: 2 }), calls)).toBe('wanted 2, got 1');
    expect(await runVector(vector({ call: 'later', args: [1], want: 1 }), calls)).toBeNull();
    expect(await runVector(vector({ call: 'later', args: [1], want: 2 }), calls)).not.toBeNull();
  });

  it('compares the class of what is thrown', async () => {
    for (const call of ['fail', 'reject']) {
      expect(await runVector(vector({ call, throws: 'OwnError' }), calls)).toBeNull();
      expect(await runVector(vector({ call, throws: 'Error' }), calls)).toBeNull();
      expect(await runVector(vector({ call, throws: 'NotFound' }), calls)).toContain(
        'OwnError: no',
      );
      expect(await runVector(vector({ call, want: null }), calls)).toContain('OwnError: no');
    }
    expect(await runVector(vector({ call: 'throwNothing', throws: 'Error' }), calls)).toBeNull();
  });

  it('fails when nothing is thrown, and when there is no such call', async () => {
    expect(await runVector(vector({ throws: 'Error' }), calls)).toContain('to be thrown');
    expect(await runVector(vector({ call: 'toString', want: null }), calls)).toContain('no call');
  });
});

describe('isWanted', () => {
  it('takes keys in any order and lists in theirs', () => {
    expect(isWanted({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(isWanted([1, 2], [2, 1])).toBe(false);
    expect(isWanted([1], [1, 2])).toBe(false);
    expect(isWanted([1, 2], [1])).toBe(false);
    expect(isWanted({ a: 1 }, { a: 1, b: 1 })).toBe(false);
    expect(isWanted({ a: 1, b: 1 }, { a: 1 })).toBe(false);
    expect(isWanted({ b: 1 }, { a: 1 })).toBe(false);
    expect(isWanted([], {})).toBe(false);
    expect(isWanted({}, [])).toBe(false);
    expect(isWanted(null, {})).toBe(false);
    expect(isWanted('1', 1)).toBe(false);
  });

  it('takes any error where any is wanted, and nothing else', () => {
    expect(isWanted([{ throws: 'X' }], [{ throws: 'Error' }])).toBe(true);
    expect(isWanted([{ throws: 'X' }], [{ throws: 'Y' }])).toBe(false);
    expect(isWanted([null], [{ throws: 'Error' }])).toBe(false);
    expect(isWanted({ throws: 'X', a: 1 }, { throws: 'Error' })).toBe(false);
  });

  it('compares own keys alone', () => {
    expect(isWanted({}, JSON.parse('{"__proto__": {}}'))).toBe(false);
    expect(isWanted({ a: 1 }, JSON.parse('{"toString": 1}'))).toBe(false);
    const proto = JSON.parse('{"__proto__": 1}');
    expect(isWanted(structuredClone(proto), JSON.parse('{"__proto__": 2}'))).toBe(false);
  });
});

describe('encode', () => {
  it('writes absence, octets, dates and iterables as the cases do', () => {
    const value = [undefined, new Uint8Array([104]), new Date(0), new Map([['a', undefined]])];
    expect(encode(value)).toEqual([
      null,
      { base64: 'aA==' },
      '1970-01-01T00:00:00.000Z',
      [['a', null]],
    ]);
  });

  it('keeps own keys such as __proto__, and a strange prototype', () => {
    expect(Object.keys(encode(JSON.parse('{"__proto__": 1}')) as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(encode(new OwnError('x')))).toBe(OwnError.prototype);
  });
});

describe('callTable', () => {
  it('refuses a name that is taken', () => {
    expect(() => callTable({ a: () => 1 }, { a: () => 2 })).toThrow('a');
  });
});

describe('runSuites', () => {
  const cases = [vector({ args: [1], want: 1 }), vector({ call: 'unknown', want: 1 })];

  it('counts a call it does not know as a failure', async () => {
    const tally = await runSuites([{ suite: 's', package: 'core', cases }], calls);
    expect(tally.passed).toBe(1);
    expect(tally.failures).toEqual(['s / n: there is no call unknown']);
    expect(tally.notYet).toEqual([]);
  });

  it('lets it wait where the package is not finished, and names it', async () => {
    const suite: Suite = { suite: 's', package: 'routing', cases };
    const tally = await runSuites([suite], calls);
    expect(tally).toEqual({
      passed: 1,
      failures: [],
      different: [],
      notYet: ['s: 1 cases (package routing)'],
    });
  });
});

describe('readSuites', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function folderWith(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'werkstatt-vectors-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  const suiteWith = (changes: object): string =>
    JSON.stringify({
      suite: 's',
      cases: [{ name: 'n', call: 'c', args: [], want: 1, ...changes }],
    });

  it('reads the files of a folder by name', () => {
    const folder = folderWith({ 'b.json': suiteWith({}), 'a.json': suiteWith({}), 'c.md': '' });
    expect(readSuites(folder)).toHaveLength(2);
  });

  it('refuses a folder without files, and a case that could not fail', () => {
    expect(() => readSuites(folderWith({}))).toThrow('no *.json');
    expect(() => readSuites(folderWith({ 'a.json': '{' }))).toThrow('a.json');
    expect(() => readSuites(folderWith({ 'a.json': '{}' }))).toThrow('no name');
    expect(() => readSuites(folderWith({ 'a.json': suiteWith({ want: undefined }) }))).toThrow(
      'one of want and throws',
    );
    expect(() => readSuites(folderWith({ 'a.json': suiteWith({ throws: 'X' }) }))).toThrow(
      'one of want and throws',
    );
    expect(() => readSuites(folderWith({ 'a.json': suiteWith({ args: 1 }) }))).toThrow('arguments');
    expect(() => readSuites(folderWith({ 'a.json': suiteWith({ call: 1 }) }))).toThrow('no call');
  });
});
