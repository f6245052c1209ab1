/**
 * Throughput and CPU time per request of our server beside raw `node:http`, in alternation:
 * `npm run bench:hello`. `bench/README.md` says what the figures mean, and what they do not.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { alternate, type Contender, type Summary } from '../lib/alternate.ts';
import { type CodeUnderTest, codeUnderTest } from '../lib/code-under-test.ts';
import { startServer } from '../lib/server-process.ts';
import { beside, median, range } from '../lib/statistics.ts';
import { table } from '../lib/table.ts';
import { requireTools } from '../lib/wrk.ts';
import { GATEWAY, WORKLOADS, type Workload, WRAPPERS } from './workloads.ts';

const SERVER_CORE = 0;
const LOAD_CORE = 1;
const CONNECTIONS = 64;

/** Starts every server that takes part, the reference first. */
async function startContenders(code: CodeUnderTest, control: boolean): Promise<Contender[]> {
  const files: [name: string, file: string, flags: readonly string[]][] = [
    ['node:http', 'node-http.ts', []],
  ];
  if (control) {
    files.push(['node:http again', 'node-http.ts', []]);
  } else {
    files.push([GATEWAY, 'gateway.ts', code.nodeFlags], [WRAPPERS, 'wrappers.ts', code.nodeFlags]);
  }
  const contenders: Contender[] = [];
  for (const [name, file, flags] of files) {
    const path = new URL(`servers/${file}`, import.meta.url).pathname;
    contenders.push({ name, server: await startServer([...flags, path], SERVER_CORE) });
  }
  return contenders;
}

/** A server that answers wrongly is fast for the wrong reason. */
async function checkAnswer({ name, server }: Contender): Promise<void> {
  const response = await fetch(server.url);
  const body = await response.text();
  if (response.status !== 200 || body !== 'Hello World!') {
    throw new Error(`${name} answers ${response.status} with the body ${JSON.stringify(body)}.`);
  }
}

function report(workload: Workload, summaries: readonly Summary[]): string {
  const head = ['', 'requests/s', 'us/request', '(user + system)', 'x-rps', 'x-cpu', 'range', ''];
  const rows = summaries.map((each) => {
    const [least, most] = range(each.cpuRatios);
    const ratio = median(each.cpuRatios);
    const target = workload.targets.get(each.name);
    return [
      each.name,
      each.requestsPerSecond.toFixed(0),
      (each.user + each.system).toFixed(2),
      `(${each.user.toFixed(2)} + ${each.system.toFixed(2)})`,
      median(each.throughputRatios).toFixed(2),
      ratio.toFixed(2),
      `${least.toFixed(2)}-${most.toFixed(2)}`,
      target === undefined ? '' : `target x-cpu ${target.toFixed(2)}: ${beside(ratio, target)}`,
    ];
  });
  return `${workload.title}\n${table([head, ...rows])}\n`;
}

function readOptions(): { rounds: number; seconds: number; control: boolean } {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1' },
      control: { type: 'boolean', default: false },
    },
  });
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(seconds) && seconds > 0)) {
    throw new Error('--rounds and --seconds take whole numbers above 0.');
  }
  return { rounds, seconds, control: values.control };
}

async function main(): Promise<void> {
  const { rounds, seconds, control } = readOptions();
  await requireTools();
  if (cpus().length < 2) throw new Error('Two CPU cores are needed: one serves, one loads.');
  const code = codeUnderTest(['core', 'wrappers', 'serving']);
  console.log(`Node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} cores`);
  console.log(`Werkstatt from ${code.description}`);
  console.log(`${rounds} rounds of ${seconds} s in alternation, ${CONNECTIONS} connections\n`);

  const contenders = await startContenders(code, control);
  try {
    for (const workload of WORKLOADS) {
      const load = {
        seconds,
        connections: CONNECTIONS,
        script: workload.script,
        core: LOAD_CORE,
      };
      for (const contender of contenders) await checkAnswer(contender);
      console.log(report(workload, await alternate(contenders, rounds, load)));
    }
    for (const contender of contenders) await checkAnswer(contender);
  } finally {
    await Promise.all(contenders.map(({ server }) => server.stop()));
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
