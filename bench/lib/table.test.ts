import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

describe('table', () => {
  it('lines names up to the left and figures to the right', () => {
    expect(
      table([
        ['server', 'rps'],
        ['a', '10'],
        ['longer', '9000'],
      ]),
    ).toBe('server   rps\na         10\nlonger  9000');
  });
});
