import { table } from '../lib/table.ts';
import type { Comparison } from './compare.ts';
import { OURS } from './row.ts';

/** How far from equal still counts as equal. */
const NOISE = 0.1;

/** The rows with their figures, as a table. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ row, times, fastest }) => [
    row.name,
    time(times.get(OURS)!),
    ...(fastest
      ? [
          time(times.get(fastest.name)!),
          fastest.name,
          fastest.ratio.toFixed(2),
          fastest.ratios.map((one) => one.toFixed(2)).join(' to '),
          verdict(fastest.ratio),
        ]
      : ['', 'no peer']),
  ]);
  return table([['', 'ours', 'fastest', 'which is', 'fastest/ours', 'range', ''], ...rows]);
}

/** What is unequal in the rows, a line each. */
export function inequalities(comparisons: readonly Comparison[]): string {
  return comparisons
    .filter(({ row }) => row.unequal !== undefined)
    .map(({ row }) => `- ${row.name}: ${row.unequal}`)
    .join('\n');
}

/** Whether ours is slower, or as fast within the noise. */
export function verdict(ratio: number): string {
  if (ratio < 1 - NOISE) return 'slower';
  return ratio <= 1 + NOISE ? 'equal' : '';
}

/** Nanoseconds in a unit that fits. */
export function time(nanoseconds: number): string {
  if (nanoseconds < 10_000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 10_000_000) return `${(nanoseconds / 1_000).toFixed(1)} us`;
  return `${(nanoseconds / 1_000_000).toFixed(1)} ms`;
}

/** The growth of times from size to size, as `2.0 2.1`; those that are too small say nothing. */
export function growth(times: readonly number[]): string {
  return times
    .slice(1)
    .map((later, index) => (later / times[index]!).toFixed(1))
    .join(' ');
}
