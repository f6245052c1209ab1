import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { SliceableBody } from '../conditional/seekable-source.ts';
import { FileBody } from './file-body.ts';

/** The content of a file. */
export interface FileSource extends SliceableBody {
  close(): Promise<void>;
}

/** A regular file, open for reading or in memory. Whoever has it closes its body. */
export interface OpenFile {
  readonly body: FileSource;
  /** In bytes. */
  readonly size: number;
  readonly lastModified: Date;
  /** An entity tag, without quotes: when the file was changed, in ns, and its size. */
  readonly etag: string;
}

/** Opens a file that may be sent; `null` when there is none. */
export type FileOpener = (path: string) => Promise<OpenFile | null>;

/** Without O_NONBLOCK, a named pipe would be waited for. Windows has neither. */
const READ: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const READ_NO_LINK: number = READ | (constants.O_NOFOLLOW ?? 0);

/** What the system says of paths that lead to no file of ours; everything else is a fault. */
const NOT_FOUND: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EINVAL',
  'EISDIR',
  'ELOOP',
  'EMLINK',
  'ENAMETOOLONG',
  'ENODEV',
  'ENOENT',
  'ENOTDIR',
  'ENXIO',
  'EPERM',
  'ERR_INVALID_ARG_VALUE',
  'UNKNOWN',
]);

/** Opens what is at a path; links are followed. */
export function openPath(path: string): Promise<FileHandle> {
  return open(path, READ);
}

/** Opens what is at a path that is no link itself. */
export function openUnlinkedPath(path: string): Promise<FileHandle> {
  return open(path, READ_NO_LINK);
}

/** Opens a file by its path; links are followed. */
export async function openFile(path: string): Promise<OpenFile | null> {
  return orNull(async () => describeFile(await openPath(path)));
}

/** Opens a file by a path that is no link itself. */
export async function openUnlinkedFile(path: string): Promise<OpenFile | null> {
  return orNull(async () => describeFile(await openUnlinkedPath(path)));
}

/** What is there to send in an open file; `null`, and closed, when it is not a regular one. */
export async function describeFile(handle: FileHandle): Promise<OpenFile | null> {
  try {
    const stat = await handle.stat({ bigint: true });
    if (stat.isFile()) return describeStat(stat, new FileBody(handle, Number(stat.size)));
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

/** A file of which the system says this, with its content. */
export function describeStat(stat: BigIntStats, body: FileSource): OpenFile {
  const size = Number(stat.size);
  const etag = `${stat.mtimeNs.toString(16)}-${size.toString(16)}`;
  return { body, size, lastModified: stat.mtime, etag };
}

/** What `find` finds; `null` when the system says that there is no such file. */
export async function orNull<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (NOT_FOUND.has((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}
