import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { failures, startProbe, targetOf, urlOf } from './probe-process.ts';

const TIMEOUT = 120_000;
const withoutOpenssl = spawnSync('openssl', ['version']).error !== undefined;

it.skipIf(withoutOpenssl)('passes the wire cases over TLS', { timeout: TIMEOUT }, async () => {
  expect(await failures(targetOf(await urlOf(startProbe('--tls'))))).toEqual([]);
});
