import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FileBody } from './file-body.ts';

/** A regular file, open for reading. Whoever has it closes its body. */
export interface OpenFile {
  readonly body: FileBody;
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

/** Opens a file by its path; links are followed. */
export async function openFile(path: string): Promise<OpenFile | null> {
  return orNull(async () => describeFile(await open(path, READ)));
}

/** Opens a file by a path that is no link itself. */
export async function openUnlinkedFile(path: string): Promise<OpenFile | null> {
  return orNull(async () => describeFile(await open(path, READ_NO_LINK)));
}

/** What is there to send in an open file; `null`, and closed, when it is not a regular one. */
export async function describeFile(handle: FileHandle): Promise<OpenFile | null> {
  try {
    const stat = await handle.stat({ bigint: true });
    if (stat.isFile()) {
      const size = Number(stat.size);
      const etag = `${stat.mtimeNs.toString(16)}-${size.toString(16)}`;
      return { body: new FileBody(handle, size), size, lastModified: stat.mtime, etag };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
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
