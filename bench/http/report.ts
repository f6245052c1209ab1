import { markdownTable } from '../lib/markdown-table.ts';
import { beside, median, range } from '../lib/statistics.ts';
import { GATEWAY, REFERENCE, WRAPPERS } from './contenders.ts';
import type { ConnectionsResult, Results, StartResult, WorkloadResult } from './results.ts';

/** How many times less CPU than each peer hello is to take. */
export const PEER_TARGETS: ReadonlyMap<string, number> = new Map([
  ['Fastify', 1.5],
  ['Hono', 1.6],
  ['Koa', 2],
  ['Express', 2.5],
  ['srvx', 3],
]);

/** KiB for a connection that waits. */
const MEMORY_TARGET = 6;

/** CPU per request of 8,000 busy connections, beside that of 64. */
const BUSY_TARGET = 1.7;

/** The whole report, as Markdown. */
export function report(results: Results): string {
  const { machine, rounds, seconds, workloads, connections, imports, starts } = results;
  const parts = [
    '# Beside other servers',
    `Written by \`npm run bench:http\`; \`../README.md\` says how it measures and what the figures mean.`,
    machine.map((line) => `- ${line}`).join('\n'),
    `Medians of ${rounds} rounds of ${seconds} s, in alternation. x-cpu: node:http's CPU time per request divided by this one's in the same round; above 1 is cheaper. A target counts as met within 5 %.`,
    '![x-cpu of every server with every workload](chart.svg)',
    '## CPU time per request',
    overview(workloads),
    ...workloads.map((one) => `### ${one.title}\n\n${workloadTable(one)}`),
  ];
  const hello = workloads.find(({ id }) => id === 'hello');
  if (hello) parts.push('## Beside each peer, on hello', peerTable(hello));
  if (connections.length > 0) parts.push('## Open connections', connectionsTable(connections));
  if (imports.length > 0) parts.push('## Importing', startTable(imports));
  if (starts.length > 0) parts.push('## From start to the first answer', startTable(starts));
  return `${parts.join('\n\n')}\n`;
}

/** x-cpu of all with everything. */
function overview(workloads: readonly WorkloadResult[]): string {
  const names = [...new Set(workloads.flatMap(({ measured }) => measured.map(({ name }) => name)))];
  const rows = workloads.map(({ title, measured }) => [
    title,
    ...names.map((name) => {
      const one = measured.find((each) => each.name === name);
      return one ? median(one.cpuRatios).toFixed(2) : '';
    }),
  ]);
  return markdownTable([['x-cpu', ...names], ...rows]);
}

/** All figures of one workload. */
export function workloadTable({ measured }: WorkloadResult): string {
  const head = [
    '',
    'requests/s',
    'us/request',
    'user',
    'system',
    'x-rps',
    'x-cpu',
    'range',
    'target',
  ];
  const rows = measured.map((one) => {
    const [least, most] = range(one.cpuRatios);
    const ratio = median(one.cpuRatios);
    return [
      one.name,
      one.requestsPerSecond.toFixed(0),
      (one.user + one.system).toFixed(1),
      one.user.toFixed(1),
      one.system.toFixed(1),
      median(one.throughputRatios).toFixed(2),
      ratio.toFixed(2),
      `${least.toFixed(2)}-${most.toFixed(2)}`,
      one.target === undefined ? '' : `${one.target.toFixed(2)}: ${beside(ratio, one.target)}`,
    ];
  });
  return markdownTable([head, ...rows]);
}

/** How many times less CPU each of ours takes than each peer: medians of the rounds. */
function peerTable({ measured }: WorkloadResult): string {
  const ratiosOf = (name: string) => measured.find((one) => one.name === name)?.cpuRatios ?? [];
  const rows = [...PEER_TARGETS].flatMap(([peer, target]) => {
    const theirs = ratiosOf(peer);
    if (theirs.length === 0) return [];
    const less = (ours: string) =>
      median(ratiosOf(ours).map((ratio, round) => ratio / theirs[round]!));
    return [
      [
        peer,
        less(GATEWAY).toFixed(2),
        `${target}: ${beside(less(GATEWAY), target)}`,
        less(WRAPPERS).toFixed(2),
      ],
    ];
  });
  return markdownTable([['times less CPU than', GATEWAY, 'target', WRAPPERS], ...rows]);
}

/** What open connections cost. */
export function connectionsTable(connections: readonly ConnectionsResult[]): string {
  const head = [
    '',
    'open',
    'KiB each',
    'target',
    'us/request, 64 busy',
    'and the rest idle',
    'all busy',
    'busy/64',
    'target',
  ];
  const rows = connections.map(({ name, connections: open, memory, alone, beside: idle, busy }) => {
    const isOurs = name === GATEWAY;
    const growth = busy / alone;
    return [
      name,
      String(open),
      memory.toFixed(1),
      isOurs ? `${MEMORY_TARGET}: ${atMost(memory, MEMORY_TARGET)}` : '',
      alone.toFixed(1),
      idle.toFixed(1),
      busy.toFixed(1),
      growth.toFixed(2),
      isOurs && open === 8_000 ? `${BUSY_TARGET}: ${atMost(growth, BUSY_TARGET)}` : '',
    ];
  });
  return markdownTable([head, ...rows]);
}

/** What starting costs. */
export function startTable(rows: readonly StartResult[]): string {
  const withWall = rows.some(({ wall }) => wall !== undefined);
  const head = ['', 'CPU ms', ...(withWall ? ['wall ms'] : []), `of ${REFERENCE}`, 'target'];
  const cells = rows.map(({ name, cpu, wall, ratio = 1, target }) => [
    name,
    cpu.toFixed(1),
    ...(withWall ? [wall?.toFixed(1) ?? ''] : []),
    ratio.toFixed(2),
    target === undefined ? '' : `${target}: ${atMost(ratio, target)}`,
  ]);
  return markdownTable([head, ...cells]);
}

/** How a figure stands to what it may be at most: `met` within 5 %, else by how much it is over. */
export function atMost(measured: number, target: number): string {
  const percent = Math.round((measured / target - 1) * 100);
  return measured <= target * 1.05 ? 'met' : `${percent} % over`;
}
