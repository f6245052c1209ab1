import { attempt } from './attempt.ts';

/** The cost of a call at two sizes of its input. */
export interface LinearTime {
  readonly sizes: readonly [small: number, large: number];
  /** The larger may cost this many times its share. */
  readonly maxRatio: number;
  /** What the larger may cost, in milliseconds. */
  readonly maxMs?: number;
}

const RUNS = 3;
/** The first measurement may fall into the time in which a function is compiled. */
const CHANCES = 3;
/** So little is linear enough, and too little to be measured. Milliseconds. */
const LITTLE = 5;

/**
 * Whether the time of a call grows with its input, and no more. It is measured as processor time of
 * the process, best of three, so that what else the machine does counts for little. That a call
 * throws is fine.
 *
 * @param prepare makes the call for a size; that is not measured.
 * @param clock the time spent so far, in milliseconds.
 * @returns null, or what is wrong.
 */
export async function linearTimeFailure(
  prepare: (size: number) => () => unknown,
  limits: LinearTime,
  clock: () => number = processorTime,
): Promise<string | null> {
  let failure: string | null = null;
  for (let chance = 0; chance < CHANCES; chance++) {
    failure = await onceFailure(prepare, limits, clock);
    if (failure === null) return null;
  }
  return failure;
}

async function onceFailure(
  prepare: (size: number) => () => unknown,
  { sizes: [small, large], maxRatio, maxMs = Number.POSITIVE_INFINITY }: LinearTime,
  clock: () => number,
): Promise<string | null> {
  await attempt(prepare(small));
  const ofLarge = await best(prepare(large), clock);
  if (ofLarge > maxMs) return `${large} takes ${ofLarge.toFixed(0)} ms, more than ${maxMs}`;
  if (ofLarge < LITTLE) return null;
  const ofSmall = await best(prepare(small), clock);
  const ratio = ofLarge / ofSmall / (large / small);
  if (ratio <= maxRatio) return null;
  return `${large} takes ${ofLarge.toFixed(1)} ms, ${ratio.toFixed(1)} times its share of what ${small} takes (${ofSmall.toFixed(2)} ms)`;
}

async function best(call: () => unknown, clock: () => number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const before = clock();
    await attempt(call);
    least = Math.min(least, clock() - before);
  }
  return least;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
