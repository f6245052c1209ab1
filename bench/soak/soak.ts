/**
 * Sends hours' worth of odd traffic to a server and looks whether it keeps anything of it:
 * `npm run bench:soak`. `bench/README.md` says more.
 */
import { parseArgs } from 'node:util';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { table } from '../lib/table.ts';
import { judgeSamples, type Trend } from './judge-samples.ts';
import { runSoak } from './run-soak.ts';
import type { Counts, Sample } from './sample.ts';

const TIMES = 15;
const QUIET = 1_500;

function readSeconds(): number {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' } } });
  const seconds = Number(values.seconds);
  if (!(seconds >= TIMES)) throw new Error(`--seconds takes a number from ${TIMES} up.`);
  return seconds;
}

function figure(measure: string, value: number): string {
  const isSize = ['memory', 'heap', 'external'].includes(measure);
  return isSize ? `${(value / 2 ** 20).toFixed(1)} MiB` : String(value);
}

function line(sample: Sample): string {
  return Object.entries(sample)
    .map(([measure, value]) => `${measure} ${figure(measure, value)}`)
    .join(', ');
}

function report(trends: readonly Trend[], counts: Counts): string {
  const rows = trends.map(({ measure, start, end, grows }) => [
    measure,
    figure(measure, start),
    figure(measure, end),
    grows ? 'GROWS' : '',
  ]);
  const clients = [...counts].map(([kind, count]) => [kind, String(count)]);
  return `${table([['', 'warm', 'at the end', ''], ...rows])}\n\n${table([['clients', ''], ...clients])}`;
}

async function main(): Promise<void> {
  const seconds = readSeconds();
  const code = codeUnderTest(['core', 'wrappers', 'serving']);
  console.log(`Werkstatt from ${code.description}, ${seconds} s in ${TIMES} parts`);
  const { samples, counts } = await runSoak({
    times: TIMES,
    traffic: (seconds / TIMES) * 1_000,
    quiet: QUIET,
    nodeFlags: code.nodeFlags,
    tell: (sample, time) => console.log(`${time + 1}: ${line(sample)}`),
  });
  const trends = judgeSamples(samples);
  console.log(`\n${report(trends, counts)}`);
  if (trends.some(({ grows }) => grows)) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
