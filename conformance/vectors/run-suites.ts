import type { Call } from '../calls/call.ts';
import { CALLS } from '../calls/calls.ts';
import type { Tally } from '../lib/tally.ts';
import { differenceOf } from './differences.ts';
import { runVector } from './run-vector.ts';
import { isLater, type Suite, type Vector } from './suite.ts';

/** The vectors of a suite that can be run, and those that have to wait for their function. */
export interface Division {
  readonly run: readonly Vector[];
  readonly later: readonly Vector[];
}

/** Divides a suite: only where its package is unfinished may a call be unknown. */
export function divide(suite: Suite, calls: ReadonlyMap<string, Call> = CALLS): Division {
  if (!isLater(suite)) return { run: suite.cases, later: [] };
  return {
    run: suite.cases.filter(({ call }) => calls.has(call)),
    later: suite.cases.filter(({ call }) => !calls.has(call)),
  };
}

/** What of a suite has to wait, as a line; undefined when nothing has. */
export function laterLine(suite: Suite, { later }: Division): string | undefined {
  if (later.length === 0) return undefined;
  return `${suite.suite}: ${later.length} cases (package ${suite.package})`;
}

/** Runs every vector, one after the other. */
export async function runSuites(
  suites: readonly Suite[],
  calls: ReadonlyMap<string, Call> = CALLS,
): Promise<Tally> {
  const tally: Tally = { passed: 0, failures: [], different: [], notYet: [] };
  for (const suite of suites) {
    const division = divide(suite, calls);
    for (const vector of division.run) {
      const why = await runVector(vector, calls);
      const difference = differenceOf(suite, vector);
      if (why === null) tally.passed++;
      else if (difference) tally.different.push(`${suite.suite} / ${vector.name}: ${difference}`);
      else tally.failures.push(`${suite.suite} / ${vector.name}: ${why}`);
    }
    const line = laterLine(suite, division);
    if (line !== undefined) tally.notYet.push(line);
  }
  return tally;
}
