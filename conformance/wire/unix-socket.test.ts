import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failures, startProbe, urlOf } from './probe-process.ts';

const TIMEOUT = 120_000;

it('passes the wire cases on a Unix socket', { timeout: TIMEOUT }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-probe-'));
  try {
    const path = join(folder, 'socket');
    expect(await urlOf(startProbe('--unix', path))).toBe(`unix://${path}`);
    expect(await failures({ path })).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
