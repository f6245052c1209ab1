import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemporaryFile } from '../forms/temporary-file.ts';
import { removeStaleFiles, temporaryFileName } from './stale-files.ts';

/** How a temporary file is made. */
export interface TemporaryFileOptions {
  /** Default: the system's folder for such files (`TMPDIR`). */
  folder?: string | undefined;
  /**
   * Removes the name while the file is open, so that nothing is left even of a process that is
   * killed. Default: true; where the system refuses, the name is removed by `close()`.
   */
  unlinkEarly?: boolean | undefined;
}

/** Closes what nobody closed before it was out of reach. */
const forgotten = new FinalizationRegistry<OpenFile>((file) => {
  release(file).catch(() => {});
});

/** The folders that were looked through for what killed processes left. */
const cleaned = new Set<string>();

/**
 * Makes an empty file that only this user can read, under a name that nobody can guess.
 *
 * @throws Error as the system gives it: `ENOSPC`, `EMFILE`, `ENOENT` without the folder.
 */
export async function createTemporaryFile(
  options: TemporaryFileOptions = {},
): Promise<TemporaryFile> {
  const { folder = tmpdir(), unlinkEarly = true } = options;
  if (!cleaned.has(folder)) {
    cleaned.add(folder);
    await removeStaleFiles(folder);
  }
  const path = join(folder, temporaryFileName());
  const file: OpenFile = { handle: await open(path, 'wx+', 0o600), path };
  if (unlinkEarly) await removeName(file).catch(() => {});
  return new NodeTemporaryFile(file);
}

/** An open file, and its name as long as it has one. */
interface OpenFile {
  readonly handle: FileHandle;
  path: string | undefined;
}

class NodeTemporaryFile implements TemporaryFile {
  readonly #file: OpenFile;
  #closed: Promise<void> | undefined;

  constructor(file: OpenFile) {
    this.#file = file;
    forgotten.register(this, file, this);
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let written = 0; written < bytes.length; ) {
      const left = bytes.length - written;
      const result = await this.#file.handle.write(bytes, written, left, position + written);
      written += result.bytesWritten;
    }
  }

  async read(bytes: Uint8Array, position: number): Promise<number> {
    let filled = 0;
    while (filled < bytes.length) {
      const left = bytes.length - filled;
      const result = await this.#file.handle.read(bytes, filled, left, position + filled);
      if (result.bytesRead === 0) break;
      filled += result.bytesRead;
    }
    return filled;
  }

  close(): Promise<void> {
    forgotten.unregister(this);
    this.#closed ??= release(this.#file);
    return this.#closed;
  }
}

/** The handle waits by itself for the reads and writes that are under way. */
async function release(file: OpenFile): Promise<void> {
  try {
    await file.handle.close();
  } finally {
    await removeName(file);
  }
}

async function removeName(file: OpenFile): Promise<void> {
  if (file.path === undefined) return;
  try {
    await unlink(file.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  file.path = undefined;
}
