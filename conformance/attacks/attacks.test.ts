import { describe, expect, it } from 'vitest';
import { planOf, resultOf } from './run-attacks.ts';
import { readAttacks } from './suite.ts';

for (const suite of readAttacks()) {
  describe(suite.suite, () => {
    if (suite.kind === 'server') {
      it.todo(`${suite.cases.length} attacks on a server`);
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
