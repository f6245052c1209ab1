import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** What each descriptor of this process is open on (Linux). */
export function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // the folder itself, as it was read
    }
  });
}

/** The open files in the folder for temporary ones, those without a name included. */
export function openTemporaryFiles(): string[] {
  return openFiles().filter((path) => path.startsWith(`${tmpdir()}/werkstatt-`));
}
