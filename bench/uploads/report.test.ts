import { expect, it } from 'vitest';
import { memoryTable } from './report.ts';

it('the table has MiB, and how far the peak is above what was there before', () => {
  const row = { name: 'ours', before: 2 ** 20, peak: 5 * 2 ** 20, after: 2 * 2 ** 20 };
  expect(memoryTable('1 GiB', [{ ...row, outcome: 'read' }])).toBe(
    '1 GiB  before  peak  after  growth\nours        1     5      2       4  read',
  );
});
