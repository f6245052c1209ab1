import { mkdtempSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder for the tests of a file, which remove it. */
export function testFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'werkstatt-files-')));
}

/**
 * How many descriptors this process has open on a file, or on files in a folder, removed ones
 * included; Linux tells.
 */
export function openDescriptors(path: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target === path || target.startsWith(`${path}/`);
    } catch {
      return false;
    }
  }).length;
}
