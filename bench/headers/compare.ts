import { type ChildProcess, fork } from 'node:child_process';
import { answer, ask } from '../lib/conversation.ts';
import { median, range } from '../lib/statistics.ts';
import { type Effort, takeTurns } from '../lib/take-turns.ts';
import type { Question } from './measured-process.ts';
import { OURS, type Row } from './row.ts';

/** A row with its figures. */
export interface Comparison {
  readonly row: Row;
  /** Nanoseconds per value, by contender: medians of the rounds. */
  readonly times: ReadonlyMap<string, number>;
  /** The one that is fastest beside ours; undefined when ours is alone. */
  readonly fastest: Fastest | undefined;
}

/** How a contender stands to ours. */
export interface Fastest {
  readonly name: string;
  /** Its time divided by ours: median of the rounds, and their range; above 1 ours is faster. */
  readonly ratio: number;
  readonly ratios: readonly [smallest: number, largest: number];
}

/** How Node runs what is measured. */
export type NodeFlags = readonly string[];

const PROCESS = new URL('measured-process.ts', import.meta.url);

/** Lets the contenders of a row take turns, in reverse order every other round. */
export async function compare(row: Row, effort: Effort, flags: NodeFlags): Promise<Comparison> {
  return withProcesses(row, flags, async (processes) => {
    const names = row.contenders.map(({ name }) => name);
    const rounds = await takeTurns(names, effort, (name, milliseconds) =>
      inquire(processes.get(name)!, { kind: 'round', milliseconds }),
    );
    return summarize(row, rounds);
  });
}

/** The figures of a row from the nanoseconds of every round. */
export function summarize(row: Row, rounds: ReadonlyMap<string, readonly number[]>): Comparison {
  const times = new Map(Array.from(rounds, ([name, list]) => [name, median(list)] as const));
  const [first, ...others] = [...times].filter(([name]) => name !== OURS);
  if (!first) return { row, times, fastest: undefined };
  const [name] = others.reduce((best, next) => (next[1] < best[1] ? next : best), first);
  const ours = rounds.get(OURS)!;
  const ratios = rounds.get(name)!.map((time, round) => time / ours[round]!);
  return { row, times, fastest: { name, ratio: median(ratios), ratios: range(ratios) } };
}

/** Milliseconds for one hostile value of each size, by contender. */
export async function measureHostile(
  row: Row,
  recipes: readonly string[],
  sizes: readonly number[],
  flags: NodeFlags,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>> {
  return withProcesses(row, flags, async (processes) => {
    const all = new Map<string, Map<string, number[]>>();
    for (const recipe of recipes) {
      const times = new Map<string, number[]>();
      for (const [name, child] of processes) {
        const list: number[] = [];
        for (const size of sizes)
          list.push(await inquire(child, { kind: 'hostile', recipe, size }));
        times.set(name, list);
      }
      all.set(recipe, times);
    }
    return all;
  });
}

async function withProcesses<T>(
  row: Row,
  flags: NodeFlags,
  use: (processes: ReadonlyMap<string, ChildProcess>) => Promise<T>,
): Promise<T> {
  const processes = new Map<string, ChildProcess>();
  try {
    for (const { name } of row.contenders) {
      const child = fork(PROCESS, [row.name, name], { execArgv: ['--expose-gc', ...flags] });
      processes.set(name, child);
      await answer(child);
    }
    return await use(processes);
  } finally {
    for (const child of processes.values()) child.kill();
  }
}

async function inquire(child: ChildProcess, question: Question): Promise<number> {
  return (await ask(child, question)) as number;
}
