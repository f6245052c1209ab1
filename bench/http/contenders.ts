import type { CodeUnderTest } from '../lib/code-under-test.ts';
import { type ServerProcess, startServer } from '../lib/server-process.ts';

/** Everything that is beside ours is measured against this one. */
export const REFERENCE = 'node:http';
export const GATEWAY = 'gateway app';
export const WRAPPERS = 'Request, Response';

/** A server that takes part. */
export interface Contestant {
  readonly name: string;
  /** Its file in `servers/`. */
  readonly file: string;
  readonly isOurs: boolean;
}

/** All that take part, the reference first. */
export const CONTESTANTS: readonly Contestant[] = [
  { name: REFERENCE, file: 'node-http.ts', isOurs: false },
  { name: GATEWAY, file: 'gateway.ts', isOurs: true },
  { name: WRAPPERS, file: 'wrappers.ts', isOurs: true },
  { name: 'Fastify', file: 'fastify.ts', isOurs: false },
  { name: 'Hono', file: 'hono.ts', isOurs: false },
  { name: 'srvx', file: 'srvx.ts', isOurs: false },
  { name: 'Express', file: 'express.ts', isOurs: false },
  { name: 'Koa', file: 'koa.ts', isOurs: false },
];

/** Starts one in a process of its own, on a core of its own. */
export function start(
  { file, isOurs }: Contestant,
  code: CodeUnderTest,
  core: number,
  nodeFlags: readonly string[] = [],
): Promise<ServerProcess> {
  const path = new URL(`servers/${file}`, import.meta.url).pathname;
  return startServer([...nodeFlags, ...(isOurs ? code.nodeFlags : []), path], core);
}
