import { median } from '../lib/statistics.ts';
import type { Sample } from './sample.ts';

const MIB = 2 ** 20;

/** How much more each may be at the end than after warming up. */
const ROOM: Readonly<Record<keyof Sample, (start: number) => number>> = {
  memory: (start) => Math.max(16 * MIB, start * 0.1),
  heap: (start) => Math.max(MIB, start * 0.05),
  external: () => MIB,
  handles: () => 0,
  listeners: () => 0,
  files: () => 0,
};

/** The fewest samples that say something: a third to warm up, a third to begin with, a third to end. */
export const FEWEST = 6;

/** How one measure went. */
export interface Trend {
  readonly measure: keyof Sample;
  /** Medians of the second third of the samples, and of the last. */
  readonly start: number;
  readonly end: number;
  readonly grows: boolean;
}

/**
 * Compares the last third of the samples with the second; the first is for warming up.
 *
 * @throws RangeError for fewer than `FEWEST` samples.
 */
export function judgeSamples(samples: readonly Sample[]): Trend[] {
  if (samples.length < FEWEST) throw new RangeError(`${samples.length} samples say nothing.`);
  const third = Math.floor(samples.length / 3);
  const middle = samples.slice(third, -third);
  const last = samples.slice(-third);
  return (Object.keys(ROOM) as (keyof Sample)[]).map((measure) => {
    const start = median(middle.map((sample) => sample[measure]));
    const end = median(last.map((sample) => sample[measure]));
    return { measure, start, end, grows: end - start > ROOM[measure](start) };
  });
}
