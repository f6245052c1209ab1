import { readFileSync, writeFileSync } from 'node:fs';

/** Physical memory of a process, in bytes: what it has now, and the most that it had. */
export interface ResidentMemory {
  now: number;
  /** Since the process began, or `forgetPeak`. */
  peak: number;
}

/** Reads the text of `/proc/<pid>/status` (proc(5)). */
export function parseStatus(text: string): ResidentMemory {
  const kibibytes = (name: string): number => {
    const value = new RegExp(`^${name}:\\s*([0-9]+) kB$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`There is no ${name} in: ${text.slice(0, 100)}`);
    return Number(value) * 1_024;
  };
  return { now: kibibytes('VmRSS'), peak: kibibytes('VmHWM') };
}

/** The memory of a process, as the kernel has kept account of it. Linux only. */
export function residentMemory(pid: number): ResidentMemory {
  return parseStatus(readFileSync(`/proc/${pid}/status`, 'latin1'));
}

/** Has the kernel take what the process has now for its peak so far. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
