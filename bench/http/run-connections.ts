import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CodeUnderTest } from '../lib/code-under-test.ts';
import { cpuTime } from '../lib/cpu-time.ts';
import type { ServerProcess } from '../lib/server-process.ts';
import { median } from '../lib/statistics.ts';
import { wrk } from '../lib/wrk.ts';
import { CONTESTANTS, type Contestant, start } from './contenders.ts';
import { LOAD_CORE, SERVER_CORE } from './cores.ts';
import { openConnections } from './open-connections.ts';
import type { ConnectionsResult } from './results.ts';

/** How many connections are held open. */
export const COUNTS: readonly number[] = [1_000, 8_000];

const BUSY = 64;
const collect = new URL('collect-garbage.mjs', import.meta.url).pathname;

type Round = Omit<ConnectionsResult, 'name' | 'connections'>;

/** Measures what open connections cost each server, in new processes that take turns. */
export async function runConnections(
  code: CodeUnderTest,
  rounds: number,
  seconds: number,
): Promise<ConnectionsResult[]> {
  const results: ConnectionsResult[] = [];
  for (const connections of COUNTS) {
    const measured = new Map<Contestant, Round[]>(CONTESTANTS.map((each) => [each, []]));
    for (let round = 0; round < rounds; round++) {
      for (const contestant of round % 2 === 0 ? CONTESTANTS : CONTESTANTS.toReversed()) {
        measured.get(contestant)!.push(await oneRound(contestant, code, connections, seconds));
      }
    }
    for (const [{ name }, all] of measured) {
      const middle = (key: keyof Round) => median(all.map((round) => round[key]));
      results.push({
        name,
        connections,
        memory: middle('memory'),
        alone: middle('alone'),
        beside: middle('beside'),
        busy: middle('busy'),
      });
    }
  }
  return results;
}

async function oneRound(
  contestant: Contestant,
  code: CodeUnderTest,
  connections: number,
  seconds: number,
): Promise<Round> {
  const server = await start(contestant, code, SERVER_CORE, ['--expose-gc', '--import', collect]);
  try {
    await cost(server, BUSY, 1); // to warm up, so that what it allocates once is there
    const alone = await cost(server, BUSY, seconds);
    const before = await memory(server);
    const open = await openConnections(server.url, connections);
    const after = await memory(server);
    const beside = await cost(server, BUSY, seconds);
    if (open.closed() > 0) {
      throw new Error(`${contestant.name} closed ${open.closed()} of ${connections} connections.`);
    }
    open.end();
    await sleep(200);
    // Longer, so that what connecting costs does not count for much.
    const busy = await cost(server, connections, seconds * 3);
    return { memory: (after - before) / connections, alone, beside, busy };
  } finally {
    await server.stop();
  }
}

/** Microseconds of CPU per request. */
async function cost(server: ServerProcess, connections: number, seconds: number): Promise<number> {
  const before = cpuTime(server.pid);
  const { requests, badStatus } = await wrk(server.url, { seconds, connections, core: LOAD_CORE });
  const after = cpuTime(server.pid);
  if (requests === 0 || badStatus > 0) throw new Error(`wrk saw ${badStatus} bad answers.`);
  return ((after.user + after.system - before.user - before.system) * 1e6) / requests;
}

/** Resident memory in KiB, after garbage was collected. */
async function memory(server: ServerProcess): Promise<number> {
  process.kill(server.pid, 'SIGUSR2');
  await sleep(500);
  const status = readFileSync(`/proc/${server.pid}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]);
}
