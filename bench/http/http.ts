/**
 * CPU time per request, memory and time to start of our server beside others, in one run:
 * `npm run bench:http`. `bench/README.md` says what the figures mean, and what they do not.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { requireTools } from '../lib/wrk.ts';
import { chart } from './chart.ts';
import { describeMachine } from './machine.ts';
import { mergeResults } from './merge-results.ts';
import { readOptions } from './options.ts';
import { connectionsTable, report, startTable, workloadTable } from './report.ts';
import type { Results } from './results.ts';
import { runConnections } from './run-connections.ts';
import { runFirstAnswers, runImports } from './run-starts.ts';
import { runWorkloads } from './run-workloads.ts';
import { WORKLOADS } from './workloads.ts';

/** Each round of these needs a new process, which takes longer than what is measured. */
const CONNECTION_ROUNDS = 3;
const START_ROUNDS = 15;

async function main(): Promise<void> {
  const { parts, writes, rounds, seconds } = readOptions(process.argv.slice(2));
  await requireTools();
  if (cpus().length < 2) throw new Error('Two CPU cores are needed: one serves, one loads.');
  const code = codeUnderTest(['core', 'wrappers', 'serving']);
  const machine = describeMachine(code);
  console.log(`${machine.join('\n')}\n`);

  const none = { workloads: [], connections: [], imports: [], starts: [] };
  let results: Results = { machine, rounds, seconds, ...none };
  const add = (text: string, more: Partial<Results>) => {
    console.log(`${text}\n`);
    results = { ...results, ...more };
    if (writes) write(results);
  };
  const chosen = WORKLOADS.filter(({ id }) => parts.has(id));
  await runWorkloads(chosen, code, { rounds, seconds }, (result) => {
    const text = `${result.title}\n${workloadTable(result)}`;
    add(text, { workloads: [...results.workloads, result] });
  });
  if (parts.has('start')) {
    const imports = await runImports(code, START_ROUNDS);
    const starts = await runFirstAnswers(code, START_ROUNDS);
    add(`${startTable(imports)}\n\n${startTable(starts)}`, { imports, starts });
  }
  if (parts.has('connections')) {
    const connections = await runConnections(code, Math.min(rounds, CONNECTION_ROUNDS), seconds);
    add(`Open connections\n${connectionsTable(connections)}`, { connections });
  }
}

/** Writes what there is, so that a run that fails late is not lost; parts not measured stay. */
function write(now: Results): void {
  const file = beside('results.json');
  const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : null;
  const results = mergeResults(earlier, now);
  writeFileSync(file, `${JSON.stringify(results, rounded, 1)}\n`);
  writeFileSync(beside('results.md'), report(results));
  writeFileSync(beside('chart.svg'), chart(results.workloads));
}

/** Four digits of a number say more than a machine can. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

function beside(name: string): URL {
  return new URL(name, import.meta.url);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
