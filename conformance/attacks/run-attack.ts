import type { Call } from '../calls/call.ts';
import { encode } from '../calls/encode.ts';
import { attempt, type Outcome } from './attempt.ts';
import { judge } from './judge.ts';
import { linearTimeFailure } from './linear-time.ts';
import type { Must } from './must.ts';
import type { Attack } from './suite.ts';
import { expand } from './values.ts';

/** A call that is slower than it may be has this many more chances: others use the machine too. */
const MORE_CHANCES = 2;

/** Runs one attack. Null: it holds; else what is wrong. */
export async function runAttack(attack: Attack, call: Call): Promise<string | null> {
  const musts = [attack.must].flat() as Must[];
  const linear = musts.map((must) => must.linearTime).find((one) => one !== undefined);
  const prepare = (size?: number) => {
    const args = expand(attack.args, size) as never[];
    return () => call(...args);
  };
  if (linear) {
    const failure = await linearTimeFailure(prepare, linear);
    if (failure !== null) return failure;
  }
  const once = () => encoded(prepare(linear?.sizes[0]));
  if (musts.some(({ maxMs }) => maxMs !== undefined)) await once();
  let failure = allFailure(musts, await once());
  for (let chance = 0; isSlow(failure) && chance < MORE_CHANCES; chance++) {
    failure = allFailure(musts, await once());
  }
  return failure;
}

/** Calls, and encodes what came of it. */
async function encoded(call: () => unknown): Promise<Outcome> {
  const outcome = await attempt(call);
  return outcome.thrown ? outcome : { ...outcome, value: encode(outcome.value) };
}

function allFailure(musts: readonly Must[], outcome: Outcome): string | null {
  for (const must of musts) {
    const failure = judge(must, outcome);
    if (failure !== null) return failure;
  }
  return null;
}

function isSlow(failure: string | null): boolean {
  return failure?.includes('it took ') ?? false;
}
