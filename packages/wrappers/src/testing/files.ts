import { mkdtempSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder for the tests of a file, which remove it. */
export function testFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'werkstatt-files-')));
}

/** How many descriptors of this process are open on a path; Linux tells. */
export function openDescriptors(path: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;
}
