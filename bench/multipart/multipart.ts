/**
 * Our multipart decoder beside others: `npm run bench:multipart`. `bench/README.md` says what the
 * figures mean.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { answer, ask } from '../lib/conversation.ts';
import { table } from '../lib/table.ts';
import { takeTurns } from '../lib/take-turns.ts';
import { CONTENDERS } from './contenders.ts';
import type { Question } from './measured-process.ts';
import { type Column, standingTable, throughputTable } from './report.ts';
import { TRUNCATED, WORKLOADS } from './workloads.ts';

const PROCESS = new URL('measured-process.ts', import.meta.url);

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    milliseconds: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true },
  },
});
const effort = { rounds: Number(options.rounds), milliseconds: Number(options.milliseconds) };
const names = CONTENDERS.map(({ name }) => name);
const workloads = WORKLOADS.filter(({ name }) => options.only?.includes(name) ?? true);
const code = codeUnderTest(['core', 'wrappers']);
console.log(`Node ${process.versions.node}, ${cpus()[0]?.model}`);
console.log(`Werkstatt from ${code.description}`);
console.log(`Processor time: medians of ${effort.rounds} rounds in turns\n`);

const children = new Map<string, ChildProcess>();
try {
  for (const name of names) children.set(name, await start(name));
  const columns: Column[] = [];
  for (const workload of workloads) {
    const able: string[] = [];
    for (const name of names) {
      const question: Question = { kind: 'check', workload: workload.name };
      if (await ask(children.get(name)!, question)) able.push(name);
    }
    const rounds = await takeTurns(able, effort, async (name, milliseconds) => {
      const question: Question = { kind: 'round', workload: workload.name, milliseconds };
      return (await ask(children.get(name)!, question)) as number;
    });
    const { parts, bytes } = workload.body();
    columns.push({ workload, body: { parts, bytes }, rounds });
  }
  console.log(`${throughputTable(names, columns)}\n`);
  console.log(`${standingTable(columns)}\n`);
  if (!options.only) console.log(await oddities());
} finally {
  for (const child of children.values()) child.kill();
}

/** Memory, in a new process each, and what becomes of bodies that were cut off. */
async function oddities(): Promise<string> {
  const cases = Object.keys(TRUNCATED);
  const rows: string[][] = [];
  for (const name of names) {
    const child = await start(name);
    try {
      const errors = (await ask(child, { kind: 'truncated' } satisfies Question)) as boolean[];
      const accepted = cases.filter((_, index) => !errors[index]);
      const mebibytes = (await ask(child, { kind: 'memory' } satisfies Question)) as number;
      rows.push([name, mebibytes.toFixed(0), accepted.join(', ') || 'none']);
    } finally {
      child.kill();
    }
  }
  return table([['', 'MiB for a file of 100', 'cut-off bodies accepted'], ...rows]);
}

async function start(name: string): Promise<ChildProcess> {
  const child = fork(PROCESS, [name], { execArgv: ['--expose-gc', ...code.nodeFlags] });
  await answer(child);
  return child;
}
