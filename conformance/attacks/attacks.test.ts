import { afterAll, describe, expect, it } from 'vitest';
import { planOf, resultOf } from './run-attacks.ts';
import { Arena } from './server/arena.ts';
import { readAttacks, type ServerSuite } from './suite.ts';

for (const suite of readAttacks()) {
  describe(suite.suite, () => {
    if (suite.kind === 'server') {
      attackServer(suite);
      return;
    }
    for (const attack of suite.cases) {
      const plan = planOf(attack);
      if (plan.kind === 'wait') {
        it.todo(`${attack.name} (${plan.reason})`);
        continue;
      }
      it(`${attack.name}: ${attack.why}`, { timeout: 60_000 }, async () => {
        expect(plan.kind).toBe('run');
        if (plan.kind !== 'run') return;
        const verdict = await resultOf(attack, plan.call);
        expect(verdict).not.toHaveProperty('why');
      });
    }
  });
}

function attackServer({ cases }: ServerSuite): void {
  const arena = new Arena();
  afterAll(() => arena.close());
  for (const attack of cases) {
    it(`${attack.name}: ${attack.why}`, { timeout: 60_000 }, async ({ skip }) => {
      const verdict = await arena.run(attack);
      if (verdict.kind === 'waits') skip(verdict.reason);
      expect(verdict).toEqual({ kind: 'holds' });
    });
  }
}
