import type { Call } from '../calls/call.ts';
import { encode, thrownName } from '../calls/encode.ts';
import { isWanted } from './compare.ts';
import type { Vector } from './suite.ts';

/** Runs one vector. Null: it passed; else what is wrong. */
export async function runVector(
  vector: Vector,
  calls: ReadonlyMap<string, Call>,
): Promise<string | null> {
  const call = calls.get(vector.call);
  if (!call) return `there is no call ${vector.call}`;
  let result: unknown;
  try {
    result = encode(await call(...(vector.args as never[])));
  } catch (error) {
    return thrownFailure(error, vector);
  }
  if (vector.throws !== undefined) {
    return `wanted ${vector.throws} to be thrown, got ${text(result)}`;
  }
  return isWanted(result, vector.want) ? null : `wanted ${text(vector.want)}, got ${text(result)}`;
}

function thrownFailure(error: unknown, { throws, want }: Vector): string | null {
  const name = thrownName(error);
  if (throws === 'Error' || throws === name) return null;
  const wanted = throws === undefined ? text(want) : `${throws} to be thrown`;
  return `wanted ${wanted}, got ${name}: ${error instanceof Error ? error.message : text(error)}`;
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
