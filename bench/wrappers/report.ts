import { median, range } from '../lib/statistics.ts';
import { table } from '../lib/table.ts';
import type { Contender, Workload } from './contender.ts';
import { OURS } from './contenders.ts';

/** The nanoseconds of every round, by the contender's name. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/** Our time may be this many times that of the fastest library. */
export const TARGETS: Readonly<Record<Workload, number>> = { hello: 1.1, read: 0.5 };

/** How far off its target a ratio still counts as on it. */
const NOISE = 0.05;

/** A contender beside ours. */
export interface Standing {
  readonly name: string;
  readonly isReal: boolean;
  /** Nanoseconds for one request: median of the rounds. */
  readonly time: number;
  /** Our time divided by this one's, per round. */
  readonly ratios: readonly number[];
}

/** Everyone's figures, the fastest first. */
export function standings(contenders: readonly Contender[], rounds: Rounds): Standing[] {
  const ours = rounds.get(OURS)!;
  return contenders
    .map(({ name, isReal }) => {
      const times = rounds.get(name)!;
      const ratios = times.map((time, round) => ours[round]! / time);
      return { name, isReal, time: median(times), ratios };
    })
    .sort((a, b) => a.time - b.time);
}

/** The fastest library beside ours; undefined when ours is alone. */
export function fastestPeer(list: readonly Standing[]): Standing | undefined {
  return list.find(({ name, isReal }) => isReal && name !== OURS);
}

/** The figures of one workload as a table, and how ours stands to its target. */
export function report(workload: Workload, list: readonly Standing[]): string {
  const rows = list.map(({ name, time, ratios }) => [
    name,
    `${time.toFixed(0)} ns`,
    name === OURS ? '' : median(ratios).toFixed(2),
    name === OURS
      ? ''
      : range(ratios)
          .map((ratio) => ratio.toFixed(2))
          .join('-'),
  ]);
  const text = table([[workload, 'per request', 'ours/this', 'range'], ...rows]);
  const peer = fastestPeer(list);
  return peer ? `${text}\n${verdict(workload, peer)}\n` : `${text}\n`;
}

function verdict(workload: Workload, peer: Standing): string {
  const target = TARGETS[workload];
  const ratio = median(peer.ratios);
  const outcome = ratio <= target * (1 + NOISE) ? 'met' : 'missed';
  return `target: at most ${target} of ${peer.name}: ${ratio.toFixed(2)}, ${outcome}`;
}
