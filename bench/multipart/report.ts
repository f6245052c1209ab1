import { median, range } from '../lib/statistics.ts';
import { table } from '../lib/table.ts';
import { OUR_PARTS, OURS } from './contenders.ts';
import type { Body, Workload } from './workloads.ts';

/** The nanoseconds of every round for one body, by contender; those who decode it wrong are not in. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/** One column: a workload with the size of its body and the figures. */
export interface Column {
  readonly workload: Workload;
  readonly body: Pick<Body, 'parts' | 'bytes'>;
  readonly rounds: Rounds;
}

/** How far from equal still counts as equal. */
const NOISE = 0.1;

/** Everyone's throughput as a table, a row each. */
export function throughputTable(names: readonly string[], columns: readonly Column[]): string {
  return table([
    ['per second', ...columns.map(({ workload }) => `${workload.name} ${workload.unit}`)],
    ...names.map((name) => [name, ...columns.map((column) => throughput(column, name))]),
  ]);
}

/** How ours stands to the fastest of the others, a row for each workload. */
export function standingTable(columns: readonly Column[]): string {
  const rows = columns.map(({ workload, rounds }) => {
    const fastest = fastestPeer(rounds);
    const ours = rounds.get(OURS);
    if (!fastest || !ours) return [workload.name, 'alone'];
    const ratios = rounds.get(fastest)!.map((time, round) => time / ours[round]!);
    const ratio = median(ratios);
    const spread = range(ratios).map((one) => one.toFixed(2));
    return [workload.name, fastest, ratio.toFixed(2), spread.join(' to '), verdict(ratio)];
  });
  return table([['', 'fastest peer', 'ours/peer', 'range', ''], ...rows]);
}

/** The contender that is not ours with the smallest median. */
export function fastestPeer(rounds: Rounds): string | undefined {
  const peers = [...rounds].filter(([name]) => name !== OURS && name !== OUR_PARTS);
  return peers.sort(([, a], [, b]) => median(a) - median(b))[0]?.[0];
}

function verdict(ratio: number): string {
  if (ratio < 1 - NOISE) return 'slower';
  return ratio <= 1 + NOISE ? 'equal' : '';
}

function throughput({ workload, body, rounds }: Column, name: string): string {
  const times = rounds.get(name);
  if (!times) return 'wrong';
  const seconds = median(times) / 1e9;
  const amount = workload.unit === 'MB' ? body.bytes / 1e6 : body.parts / 1e3;
  const figure = amount / seconds;
  return figure < 10 ? figure.toFixed(1) : figure.toFixed(0);
}
