import { describe, expect, it } from 'vitest';
import { CALLS } from '../calls/calls.ts';
import { divide, laterLine } from './run-suites.ts';
import { runVector } from './run-vector.ts';
import { readSuites } from './suite.ts';

for (const suite of readSuites()) {
  describe(suite.suite, () => {
    const division = divide(suite);
    for (const [index, vector] of division.run.entries()) {
      it(`${index}: ${vector.name}`, async () => {
        expect(await runVector(vector, CALLS)).toBeNull();
      });
    }
    const later = laterLine(suite, division);
    if (later !== undefined) it.todo(later);
  });
}
