import { describe, expect, it } from 'vitest';
import { OURS } from './row.ts';
import { ROWS } from './rows.ts';
import { hostileValue, RECIPES } from './values.ts';

describe('the rows', () => {
  for (const { name, inputs, contenders, hostile } of ROWS) {
    it(`have functions for ${name} that take its values`, async () => {
      for (const contender of contenders) {
        const call = (await contender.load()) as (input: unknown) => unknown;
        for (const input of inputs) expect(await call(input)).not.toBeUndefined();
      }
    });

    if (hostile === undefined) continue;
    it(`have hostile values for ${name}, which ours takes`, async () => {
      const recipes = RECIPES.filter(({ header }) => header === hostile);
      expect(recipes.length).toBeGreaterThan(0);
      const call = (await contenders[0]!.load()) as (input: unknown) => unknown;
      expect(contenders[0]!.name).toBe(OURS);
      for (const recipe of recipes) expect(() => call(hostileValue(recipe, 1_000))).not.toThrow();
    });
  }

  it('use every hostile value', () => {
    const used = new Set(ROWS.map(({ hostile }) => hostile));
    expect(RECIPES.filter(({ header }) => !used.has(header))).toEqual([]);
  });
});
