import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in seconds, all threads of a process included. */
export interface CpuTime {
  user: number;
  system: number;
}

/** One line of `/proc/<pid>/stat`, as far as it is needed. Times are in clock ticks. */
export interface ProcessStat {
  pid: number;
  parent: number;
  user: number;
  system: number;
}

/** Reads a line of `/proc/<pid>/stat` (proc(5)). The command's name may hold blanks and brackets. */
export function parseStat(line: string): ProcessStat {
  const nameEnd = line.lastIndexOf(')');
  const fields = line.slice(nameEnd + 2).split(' ');
  const numbers = [line.slice(0, line.indexOf(' ')), fields[1], fields[11], fields[12]].map(Number);
  if (nameEnd < 0 || numbers.some(Number.isNaN)) {
    throw new Error(`This is no line of /proc/<pid>/stat: ${line.slice(0, 100)}`);
  }
  const [pid, parent, user, system] = numbers as [number, number, number, number];
  return { pid, parent, user, system };
}

/** Adds up what the process `root` and all its living descendants have used. */
export function sumTree(stats: readonly ProcessStat[], root: number): ProcessStat {
  const sum = { pid: root, parent: 0, user: 0, system: 0 };
  const tree = new Set([root]);
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of stats) if (tree.has(parent)) tree.add(pid);
  }
  for (const stat of stats) {
    if (!tree.has(stat.pid)) continue;
    sum.user += stat.user;
    sum.system += stat.system;
  }
  return sum;
}

let ticksPerSecond: number | undefined;

/** The CPU time that a process and its descendants have used so far. Linux only. */
export function cpuTime(pid: number): CpuTime {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const { user, system } = sumTree(allProcesses(), pid);
  return { user: user / ticksPerSecond, system: system / ticksPerSecond };
}

function allProcesses(): ProcessStat[] {
  const stats: ProcessStat[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      stats.push(parseStat(readFileSync(`/proc/${name}/stat`, 'latin1')));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return stats;
}

/** Whether a process ended between being listed and being read. */
function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH';
}
