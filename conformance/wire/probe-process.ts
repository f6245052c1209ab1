import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { loadCases } from './cases.ts';
import type { Target } from './client.ts';
import { runWireCases } from './run-cases.ts';

const SOURCE = new URL('../../tools/source.mjs', import.meta.url).href;
const PROBE = fileURLToPath(new URL('./probe.ts', import.meta.url));

const running: ChildProcessByStdio<null, Readable, null>[] = [];

afterEach(() => {
  for (const probe of running.splice(0)) probe.kill('SIGKILL');
});

/** Runs the probe command in a process of its own, which ends with the test. */
export function startProbe(...options: string[]): ChildProcessByStdio<null, Readable, null> {
  const args = ['--import', SOURCE, PROBE, ...options];
  const probe = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(probe);
  return probe;
}

/** The URL in the line that a probe prints once it listens. */
export async function urlOf(probe: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  const [line] = await once(createInterface(probe.stdout), 'line');
  return String(line).replace('The probe app listens on ', '');
}

/** Where the wire cases of a probe are sent. */
export function targetOf(url: string): Target {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: Number(port), tls: protocol === 'https:' };
}

/** The wire cases that fail, each with its reason. */
export async function failures(target: Target): Promise<string[]> {
  const results = await runWireCases(target, loadCases());
  return results
    .filter(({ why }) => why !== null)
    .map(({ test, why, seen }) => `${test.name}: ${why} [got: ${seen}]`);
}
