import type { Call } from '../calls/call.ts';
import type { Tally } from '../lib/tally.ts';
import { ATTACK_CALLS } from './calls.ts';
import { decisionOn, packageOf } from './later.ts';
import { runAttack } from './run-attack.ts';
import { Arena } from './server/arena.ts';
import type { Attack, AttackSuite, ServerSuite } from './suite.ts';

/** What is done with a case: it is run, or why it is not. */
export type Plan =
  | { readonly kind: 'run'; readonly call: Call }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wait'; readonly reason: string };

/** Says what to do with a case. An unknown call is a failure unless a package to come will have it. */
export function planOf(attack: Attack, calls: ReadonlyMap<string, Call> = ATTACK_CALLS): Plan {
  const call = calls.get(attack.call);
  if (call) return { kind: 'run', call };
  if (attack.level === 'optional') {
    return { kind: 'wait', reason: `${attack.call}: optional and not offered` };
  }
  const name = packageOf(attack.call);
  return name ? { kind: 'wait', reason: `${attack.call}: package ${name}` } : { kind: 'unknown' };
}

/** Runs one case that can be run. */
export async function resultOf(attack: Attack, call: Call): Promise<Verdict> {
  const why = await runAttack(attack, call);
  if (why === null) return { kind: 'holds' };
  const decision = attack.level === 'should' ? decisionOn(attack.name) : undefined;
  return decision ? { kind: 'decided', decision } : { kind: 'fails', why };
}

/** What came of a case; `decided`: it does not hold, and a decision says why it need not. */
export type Verdict =
  | { readonly kind: 'holds' }
  | { readonly kind: 'decided'; readonly decision: string }
  | { readonly kind: 'fails'; readonly why: string };

/** Runs every case that can be run, one after the other. */
export async function runAttacks(
  suites: readonly AttackSuite[],
  calls: ReadonlyMap<string, Call> = ATTACK_CALLS,
): Promise<Tally> {
  const tally: Tally = { passed: 0, failures: [], different: [], notYet: [] };
  const waiting = new Map<string, number>();
  const wait = (reason: string): void => {
    waiting.set(reason, (waiting.get(reason) ?? 0) + 1);
  };
  for (const suite of suites) {
    if (suite.kind === 'server') {
      await runOnServer(suite, tally);
      continue;
    }
    for (const attack of suite.cases) {
      const plan = planOf(attack, calls);
      if (plan.kind === 'wait') {
        wait(plan.reason);
        continue;
      }
      const name = `${suite.suite} / ${attack.name} [${attack.level}]`;
      if (plan.kind === 'unknown') {
        tally.failures.push(`${name}: there is no call ${attack.call}`);
        continue;
      }
      const verdict = await resultOf(attack, plan.call);
      if (verdict.kind === 'holds') tally.passed++;
      else if (verdict.kind === 'fails') tally.failures.push(`${name}: ${verdict.why}`);
      else wait(`${attack.name}: decided otherwise in ${verdict.decision}`);
    }
  }
  tally.notYet.push(...Array.from(waiting, ([reason, count]) => `${reason} (${count} cases)`));
  return tally;
}

/** Runs attacks on a server of their own; those that wait are told by name. */
async function runOnServer({ suite, cases }: ServerSuite, tally: Tally): Promise<void> {
  const arena = new Arena();
  try {
    for (const attack of cases) {
      const verdict = await arena.run(attack);
      const name = `${suite} / ${attack.name}`;
      if (verdict.kind === 'holds') tally.passed++;
      else if (verdict.kind === 'waits') tally.notYet.push(`${name}: ${verdict.reason}`);
      else tally.failures.push(`${name} [${attack.level}]: ${verdict.why}`);
    }
  } finally {
    await arena.close();
  }
}
