import { thrownName } from '../calls/encode.ts';
import type { Outcome } from './attempt.ts';
import { looksAtResult, type Must } from './must.ts';
import { resultFailure } from './result-failure.ts';
import { select } from './select.ts';

/**
 * Whether a call's outcome, its value encoded, is what must be. `linearTime` is not looked at here:
 * it takes calls of its own.
 *
 * @returns null, or what is wrong.
 */
export function judge(must: Must, outcome: Outcome): string | null {
  const failure = outcome.disasters[0] ?? callFailure(must, outcome) ?? null;
  if (failure !== null) return failure;
  if (outcome.thrown) {
    if (must.throws === undefined && looksAtResult(must)) {
      return `it threw ${describe(outcome.thrown.error)}`;
    }
    return alternativesFailure(must, outcome);
  }
  const found = must.at === undefined ? { value: outcome.value } : select(outcome.value, must.at);
  if (!found && looksAtResult(must) && must.exists !== false) {
    return `there is no ${must.at} in ${JSON.stringify(outcome.value)}`;
  }
  const value = found?.value;
  return resultFailure(must, value) ?? alternativesFailure(must, { ...outcome, value });
}

/** What is wrong with how the call ended, or how long it took. */
function callFailure(must: Must, { thrown, milliseconds }: Outcome): string | undefined {
  const took = `it took ${milliseconds.toFixed(0)} ms`;
  if (must.settles && milliseconds > must.settles.ms) return `${took}, not ${must.settles.ms}`;
  if (must.maxMs !== undefined && milliseconds > must.maxMs) return `${took}, not ${must.maxMs}`;
  if (must.throws === undefined) return undefined;
  if (!thrown) return `it did not throw ${must.throws === true ? 'anything' : must.throws}`;
  if (must.throws === true || must.throws === thrownName(thrown.error)) return undefined;
  return `it threw ${describe(thrown.error)}, not ${must.throws}`;
}

function alternativesFailure({ anyOf }: Must, outcome: Outcome): string | null {
  if (!anyOf) return null;
  const failures = anyOf.map((alternative) => judge(alternative, outcome));
  return failures.includes(null) ? null : failures.join('; and ');
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
