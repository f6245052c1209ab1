import { describe, expect, it } from 'vitest';
import { CALLS } from '../calls/calls.ts';
import { differenceOf } from './differences.ts';
import { divide, laterLine } from './run-suites.ts';
import { runVector } from './run-vector.ts';
import { readSuites } from './suite.ts';

for (const suite of readSuites()) {
  describe(suite.suite, () => {
    const division = divide(suite);
    for (const [index, vector] of division.run.entries()) {
      const difference = differenceOf(suite, vector);
      it(`${index}: ${vector.name}${difference ? ' differs' : ''}`, async () => {
        const why = await runVector(vector, CALLS);
        if (difference) expect(why, 'what is listed in differences.ts').not.toBeNull();
        else expect(why).toBeNull();
      });
    }
    const later = laterLine(suite, division);
    if (later !== undefined) it.todo(later);
  });
}
