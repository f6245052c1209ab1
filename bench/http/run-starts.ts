import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CodeUnderTest } from '../lib/code-under-test.ts';
import { median } from '../lib/statistics.ts';
import { SERVER_CORE } from './cores.ts';
import type { StartResult } from './results.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

/** What is imported; the target is a share of what importing node:http costs. */
const IMPORTS: readonly { name: string; target?: number }[] = [
  { name: 'node:http' },
  { name: '@werkstatt/serving', target: 0.4 },
  { name: '@werkstatt/wrappers' },
  { name: 'fastify' },
  { name: 'hono' },
  { name: '@hono/node-server' },
  { name: 'srvx' },
  { name: 'express' },
  { name: 'koa' },
];

/** Programs that answer hello; the target is a multiple of what node:http's costs. */
const PROGRAMS: readonly { name: string; file: string; target?: number }[] = [
  { name: 'node:http', file: 'node-http.mjs' },
  { name: 'runSimple', file: 'run-simple.mjs', target: 1.3 },
  { name: 'runSimple, Request, Response', file: 'run-simple-response.mjs' },
];

/** CPU time of importing each package in a new process: the difference to a process before it. */
export async function runImports(code: CodeUnderTest, rounds: number): Promise<StartResult[]> {
  const script = (name: string) => `
    const before = process.cpuUsage();
    await import(${JSON.stringify(name)});
    const { user, system } = process.cpuUsage(before);
    console.log(user + system);`;
  const times = await turns(IMPORTS, rounds, async ({ name }) => {
    const flags = [...code.nodeFlags, '--input-type=module', '-e', script(name)];
    const command = ['-c', String(SERVER_CORE), process.execPath, ...flags];
    const { stdout } = await run('taskset', command, { cwd: here });
    return { cpu: Number(stdout) / 1_000 };
  });
  return results(IMPORTS, times);
}

/** CPU and wall-clock time from the start of a process to its first answer. */
export async function runFirstAnswers(code: CodeUnderTest, rounds: number): Promise<StartResult[]> {
  const times = await turns(PROGRAMS, rounds, ({ file }) =>
    firstAnswer([...code.nodeFlags, `${here}start/${file}`]),
  );
  return results(PROGRAMS, times);
}

interface Times {
  readonly cpu: number;
  readonly wall?: number;
}

/** Lets all take turns after one round that does not count. */
async function turns<T>(
  contenders: readonly T[],
  rounds: number,
  measure: (contender: T) => Promise<Times>,
): Promise<Map<T, Times[]>> {
  const times = new Map<T, Times[]>(contenders.map((each) => [each, []]));
  for (let round = -1; round < rounds; round++) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const time = await measure(contender);
      if (round >= 0) times.get(contender)!.push(time);
    }
  }
  return times;
}

function results<T extends { name: string; target?: number }>(
  contenders: readonly T[],
  times: ReadonlyMap<T, readonly Times[]>,
): StartResult[] {
  const reference = times.get(contenders[0]!)!;
  return contenders.map((contender) => {
    const own = times.get(contender)!;
    const wall = own.flatMap((time) => time.wall ?? []);
    return {
      name: contender.name,
      cpu: median(own.map(({ cpu }) => cpu)),
      wall: wall.length > 0 ? median(wall) : undefined,
      ratio: median(own.map(({ cpu }, round) => cpu / reference[round]!.cpu)),
      target: contender.target,
    };
  });
}

async function firstAnswer(nodeArguments: readonly string[]): Promise<Times> {
  const begin = performance.now();
  const command = ['-c', String(SERVER_CORE), process.execPath, ...nodeArguments];
  const child = spawn('taskset', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    let said = '';
    const says = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = (text = '') => {
          said += text;
          const found = pattern.exec(said)?.[1];
          if (found !== undefined) resolve(found);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.once('exit', () => reject(new Error(`It ended before it answered: ${said}`)));
        look();
      });
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    const port = Number(await says(/http:\/\/127\.0\.0\.1:(\d+)/));
    const cpu = says(/cpu (\d+)/);
    cpu.catch(() => {}); // when what follows fails, that is the error to tell
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const [answer] = await once(socket, 'data');
    const wall = performance.now() - begin;
    if (!String(answer).startsWith('HTTP/1.1 200 ')) throw new Error(`It answered ${answer}.`);
    const result = { cpu: Number(await cpu) / 1_000, wall };
    socket.destroy();
    return result;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
