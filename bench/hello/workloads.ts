import { fileURLToPath } from 'node:url';

/** One kind of request, and the ratios of CPU time to reach with it. */
export interface Workload {
  title: string;
  /** A Lua script for wrk. */
  script?: string;
  /** node:http's CPU time per request divided by ours, by the name of the contender. */
  targets: ReadonlyMap<string, number>;
}

export const GATEWAY = 'gateway app';
export const WRAPPERS = 'Request, Response';

/** What is measured unless arguments say otherwise. */
export const WORKLOADS: readonly Workload[] = [
  {
    title: 'hello, one request header',
    targets: new Map([
      [GATEWAY, 1.55],
      [WRAPPERS, 1.4],
    ]),
  },
  {
    title: 'hello, 15 browser headers',
    script: lua('browser-headers.lua'),
    targets: new Map([[GATEWAY, 1.6]]),
  },
  {
    title: 'hello, pipelined 16',
    script: lua('pipelined.lua'),
    targets: new Map([[GATEWAY, 8]]),
  },
];

function lua(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
