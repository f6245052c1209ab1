import { parseArgs } from 'node:util';
import { WORKLOADS } from './workloads.ts';

/** What of a run is to be made. */
export interface Options {
  /** Ids of workloads, and of the parts that are none. */
  readonly parts: ReadonlySet<string>;
  /** Whether the results are written: of a whole run, or where it is asked for. */
  readonly writes: boolean;
  readonly rounds: number;
  readonly seconds: number;
}

/** Parts that are not measured with one load. */
const OTHER_PARTS: readonly string[] = ['connections', 'start'];

/**
 * Reads `--only a,b`, `--write`, `--rounds n` and `--seconds n`.
 *
 * @throws Error for a part that there is not, and numbers that are no whole ones above 0.
 */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1' },
    },
  });
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(seconds) && seconds > 0)) {
    throw new Error('--rounds and --seconds take whole numbers above 0.');
  }
  const all = [...WORKLOADS.map(({ id }) => id), ...OTHER_PARTS];
  const parts = values.only?.split(',') ?? all;
  const unknown = parts.find((part) => !all.includes(part));
  if (unknown !== undefined) {
    throw new Error(`There is no part ${unknown}; --only takes ${all.join(', ')}.`);
  }
  const writes = values.write || values.only === undefined;
  return { parts: new Set(parts), writes, rounds, seconds };
}
