import { fileURLToPath } from 'node:url';
import { GATEWAY, WRAPPERS } from './contenders.ts';

/** One kind of request, and the ratios of CPU time to reach with it. */
export interface Workload {
  /** What `--only` takes. */
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** A Lua script for wrk. */
  readonly script?: string;
  /** node:http's CPU time per request divided by ours, by the name of the contender. */
  readonly targets: ReadonlyMap<string, number>;
  /** Who has no answer to it. */
  readonly without?: readonly string[];
}

/** What is measured with wrk, in this order. */
export const WORKLOADS: readonly Workload[] = [
  {
    id: 'hello',
    title: 'hello',
    path: '',
    targets: new Map([
      [GATEWAY, 1.55],
      [WRAPPERS, 1.4],
    ]),
  },
  {
    id: 'headers',
    title: 'hello, 15 browser headers',
    path: '',
    script: lua('../hello/browser-headers.lua'),
    targets: new Map([[GATEWAY, 1.6]]),
  },
  {
    id: 'pipelined',
    title: 'hello, pipelined 16',
    path: '',
    script: lua('../hello/pipelined.lua'),
    targets: new Map([[GATEWAY, 8]]),
  },
  {
    id: 'echo',
    title: 'JSON echo, 1 KiB',
    path: 'echo',
    script: lua('post-json.lua'),
    targets: new Map([[WRAPPERS, 1.5]]),
  },
  {
    id: 'upload',
    title: '64 KiB posted, read whole',
    path: 'upload',
    script: lua('post-64k.lua'),
    targets: new Map([[GATEWAY, 1.3]]),
  },
  {
    id: 'large',
    title: '100 KiB answered',
    path: 'large',
    targets: new Map([[GATEWAY, 1.2]]),
  },
  {
    id: 'stream',
    title: '1 MiB in 64 pieces, iterable',
    path: 'stream',
    targets: new Map([[GATEWAY, 1.12]]),
  },
  {
    id: 'stream-async',
    title: '1 MiB in 64 pieces, async iterable',
    path: 'stream-async',
    targets: new Map([[GATEWAY, 1.05]]),
  },
  {
    id: 'file',
    title: '64 KiB file',
    path: '64-kib.txt',
    targets: new Map([[WRAPPERS, 3]]),
    without: [GATEWAY],
  },
];

function lua(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
