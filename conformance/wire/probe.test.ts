import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { loadCases } from './cases.ts';
import type { Target } from './client.ts';
import { checkAlive, runWireCases } from './run-cases.ts';

const SOURCE = new URL('../../tools/source.mjs', import.meta.url).href;
const PROBE = fileURLToPath(new URL('./probe.ts', import.meta.url));
const TIMEOUT = 120_000;
const withoutOpenssl = spawnSync('openssl', ['version']).error !== undefined;

const running: ChildProcessByStdio<null, Readable, null>[] = [];

afterEach(() => {
  for (const probe of running.splice(0)) probe.kill('SIGKILL');
});

function start(...options: string[]): ChildProcessByStdio<null, Readable, null> {
  const args = ['--import', SOURCE, PROBE, ...options];
  const probe = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(probe);
  return probe;
}

/** The URL in the line that a probe prints once it listens. */
async function urlOf(probe: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  const [line] = await once(createInterface(probe.stdout), 'line');
  return String(line).replace('The probe app listens on ', '');
}

function targetOf(url: string): Target {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: Number(port), tls: protocol === 'https:' };
}

async function failures(target: Target): Promise<string[]> {
  const results = await runWireCases(target, loadCases());
  return results
    .filter(({ why }) => why !== null)
    .map(({ test, why, seen }) => `${test.name}: ${why} [got: ${seen}]`);
}

describe('the probe command', { timeout: TIMEOUT }, () => {
  it('listens on a free port and ends with 0 on SIGTERM and on SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const probe = start();
      const exited = once(probe, 'exit');
      expect(await checkAlive(targetOf(await urlOf(probe)))).toBeNull();
      probe.kill(signal);
      expect(await exited).toEqual([0, null]);
    }
  });

  it('ends with 2 where it is asked for what there is not', async () => {
    expect(await once(start('--threaded'), 'exit')).toEqual([2, null]);
    expect(await once(start('--processes', '2'), 'exit')).toEqual([2, null]);
  });

  it('passes the wire cases on a Unix socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'werkstatt-probe-'));
    try {
      const path = join(folder, 'socket');
      expect(await urlOf(start('--unix', path))).toBe(`unix://${path}`);
      expect(await failures({ path })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.skipIf(withoutOpenssl)('passes the wire cases over TLS', async () => {
    expect(await failures(targetOf(await urlOf(start('--tls'))))).toEqual([]);
  });
});
