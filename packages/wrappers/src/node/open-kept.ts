import { type BigIntStats, lstat, stat } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { FileBody } from './file-body.ts';
import { KeptBody } from './kept-body.ts';
import { KeptFiles } from './kept-files.ts';
import {
  describeStat,
  type FileOpener,
  type OpenFile,
  openPath,
  openUnlinkedPath,
  orNull,
} from './open-file.ts';
import { SharedCalls } from './shared-calls.ts';

type StatCall = (
  path: string,
  options: { bigint: true },
  callback: (error: Error | null, stat: BigIntStats) => void,
) => void;

const files = new KeptFiles();

/**
 * Opens a file by its path; links are followed. A small one that has not changed since it was read
 * comes from memory.
 *
 * The system is asked each time whether it has, in a thread of the pool: a disk or a share that takes
 * its time must not stop all that the process does. Requests at the same time share the answer.
 */
export const openKeptFile: FileOpener = keeping(files, stat, openPath);

/** The same by a path that is no link itself. */
export const openKeptUnlinkedFile: FileOpener = keeping(files, lstat, openUnlinkedPath);

/**
 * What opens files and keeps those that it may.
 *
 * @param look has to see the file that `open` would open.
 */
export function keeping(
  kept: KeptFiles,
  look: StatCall,
  open: (path: string) => Promise<FileHandle>,
): FileOpener {
  const looks = new SharedCalls((path) => lookAt(look, path));
  return (path) =>
    orNull(async () => {
      if (kept.has(path)) {
        const now = await looks.get(path).catch((error: unknown) => {
          kept.delete(path);
          throw error;
        });
        const file = kept.get(path, now);
        if (file) return file;
      }
      return openAndKeep(kept, path, await open(path));
    });
}

function lookAt(look: StatCall, path: string): Promise<BigIntStats> {
  return new Promise((resolve, reject) => {
    look(path, { bigint: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });
}

async function openAndKeep(
  kept: KeptFiles,
  path: string,
  handle: FileHandle,
): Promise<OpenFile | null> {
  try {
    let now = await handle.stat({ bigint: true });
    if (now.isFile() && kept.mayKeep(now)) {
      const bytes = await readWhole(handle, Number(now.size));
      const before = now;
      now = await handle.stat({ bigint: true });
      const isWhole = bytes !== null && now.mtimeNs === before.mtimeNs;
      if (isWhole && now.ctimeNs === before.ctimeNs && now.size === before.size) {
        const file = describeStat(now, new KeptBody(bytes));
        kept.add(path, now, file);
        await handle.close();
        return file;
      }
    }
    if (now.isFile()) return describeStat(now, new FileBody(handle, Number(now.size)));
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

/** A file of so many bytes; `null` when it has less or more. */
async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array | null> {
  // One byte more shows what has grown. And bytes that are a part of their buffer are copied for
  // everyone who gets them to keep, and might change them.
  const buffer = new Uint8Array(size + 1);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    filled += bytesRead;
    if (filled > size) return null;
    if (bytesRead === 0) return filled === size ? buffer.subarray(0, size) : null;
  }
}
