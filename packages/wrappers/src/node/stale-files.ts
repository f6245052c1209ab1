import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const PREFIX = 'werkstatt-upload-';
const NAME = new RegExp(`^${PREFIX}([0-9]+)-[0-9a-f-]{36}$`);

/** A name that nobody can guess, with the process in it that the file belongs to. */
export function temporaryFileName(): string {
  return `${PREFIX}${process.pid}-${crypto.randomUUID()}`;
}

/**
 * Removes temporary files whose processes have ended without doing so. What can't be removed, or
 * looked at, stays: this is tidying up, and no reason for a request to fail.
 */
export async function removeStaleFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const stale = names.filter((name) => {
    const pid = NAME.exec(name)?.[1];
    return pid !== undefined && !isRunning(Number(pid));
  });
  await Promise.all(stale.map((name) => unlink(join(folder, name)).catch(() => {})));
}

/** A process of another user may not be signalled, and runs all the same. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
