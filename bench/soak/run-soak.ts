import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answer, ask } from '../lib/conversation.ts';
import type { Counts, Sample } from './sample.ts';
import { traffic } from './traffic.ts';

const SERVER = fileURLToPath(new URL('soak-server.ts', import.meta.url));

/** What a soak has seen. */
export interface Soak {
  readonly samples: readonly Sample[];
  readonly counts: Counts;
}

export interface SoakOptions {
  /** How often traffic is sent, and the server looked at. */
  readonly times: number;
  /** Milliseconds of traffic each time; slow clients take some seconds more. */
  readonly traffic: number;
  /** Milliseconds in which the server may then let go of what it held. */
  readonly quiet: number;
  /** Kinds of clients that stay away. */
  readonly without?: readonly string[];
  /** What Node is to run the server with. */
  readonly nodeFlags: readonly string[];
  readonly tell?: (sample: Sample, time: number) => void;
}

/**
 * Sends traffic to a new server, again and again, and looks at the server after each time.
 *
 * @throws Error when the server ends.
 */
export async function runSoak(options: SoakOptions): Promise<Soak> {
  const { times, quiet, nodeFlags, without, tell } = options;
  const server = fork(SERVER, { execArgv: ['--expose-gc', ...nodeFlags] });
  try {
    const [http, https] = (await answer(server)) as [number, number];
    const counts: Counts = new Map();
    const samples: Sample[] = [];
    for (let time = 0; time < times; time++) {
      await traffic({ http, https }, options.traffic, counts, without);
      await sleep(quiet);
      samples.push((await ask(server, {})) as Sample);
      tell?.(samples.at(-1)!, time);
    }
    return { samples, counts };
  } finally {
    await end(server);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}
