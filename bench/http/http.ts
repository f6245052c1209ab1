/**
 * CPU time per request, memory and time to start of our server beside others, in one run:
 * `npm run bench:http`. `bench/README.md` says what the figures mean, and what they do not.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { requireTools } from '../lib/wrk.ts';
import { chart } from './chart.ts';
import { describeMachine } from './machine.ts';
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
  const { parts, isWhole, rounds, seconds } = readOptions(process.argv.slice(2));
  await requireTools();
  if (cpus().length < 2) throw new Error('Two CPU cores are needed: one serves, one loads.');
  const code = codeUnderTest(['core', 'wrappers', 'serving']);
  const machine = describeMachine(code);
  console.log(`${machine.join('\n')}\n`);

  const chosen = WORKLOADS.filter(({ id }) => parts.has(id));
  const workloads = await runWorkloads(chosen, code, { rounds, seconds }, (result) => {
    console.log(`${result.title}\n${workloadTable(result)}\n`);
  });
  const connections = parts.has('connections')
    ? await runConnections(code, Math.min(rounds, CONNECTION_ROUNDS), seconds)
    : [];
  if (connections.length > 0) console.log(`Open connections\n${connectionsTable(connections)}\n`);
  const imports = parts.has('start') ? await runImports(code, START_ROUNDS) : [];
  const starts = parts.has('start') ? await runFirstAnswers(code, START_ROUNDS) : [];
  if (parts.has('start')) console.log(`${startTable(imports)}\n\n${startTable(starts)}\n`);

  if (!isWhole) return;
  const results: Results = { machine, rounds, seconds, workloads, connections, imports, starts };
  writeFileSync(beside('results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(beside('results.md'), report(results));
  writeFileSync(beside('chart.svg'), chart(workloads));
}

function beside(name: string): URL {
  return new URL(name, import.meta.url);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
