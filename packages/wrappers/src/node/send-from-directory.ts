import { NotFound, safeJoin } from '@werkstatt/core';
import type { RequestOrEnviron } from '../request/request-environ.ts';
import type { Response } from '../response/response.ts';
import { openFile, openUnlinkedFile } from './open-file.ts';
import { openInside } from './open-inside.ts';
import { openKeptFile, openKeptUnlinkedFile } from './open-kept.ts';
import type { SendFileOptions } from './send-file-options.ts';
import { sendPath } from './send-path.ts';

/** How `sendFromDirectory` answers. */
export interface SendFromDirectoryOptions<R extends Response = Response>
  extends SendFileOptions<R> {
  /**
   * Whether links may lead out of the directory. Whoever can make a link in it can then have any
   * file sent that the process can read. Default: `false`.
   */
  followSymlinks?: boolean | undefined;
}

/**
 * Sends a file of a directory by a path that comes from a client, as `sendFile` does.
 *
 * The path has to be as a file system would write it, so that what looks at it before and this see
 * the same file: with an empty segment, `.`, `..`, a NUL or a lone surrogate there is none, and none
 * outside of the directory.
 *
 * @param directory trusted.
 * @param path relative, with `/`, decoded.
 * @throws NotFound when there is no such file in the directory, whatever is the matter with it.
 * @throws RequestedRangeNotSatisfiable when no part of the range exists, or it is malformed.
 */
export async function sendFromDirectory<R extends Response = Response>(
  directory: string,
  path: string,
  request: RequestOrEnviron,
  options: SendFromDirectoryOptions<R> = {},
): Promise<R> {
  // A lone surrogate would be written as U+FFFD: another name of a file that has one.
  const isCanonical = path.isWellFormed() && !path.split('/').some(isRelative);
  const joined = isCanonical ? safeJoin(directory, path) : null;
  if (joined === null) throw new NotFound();
  const { followSymlinks = false, keptInMemory = true } = options;
  if (followSymlinks) {
    return sendPath(joined, keptInMemory ? openKeptFile : openFile, request, options);
  }
  const openUnlinked = keptInMemory ? openKeptUnlinkedFile : openUnlinkedFile;
  const open = (file: string) => openInside(directory, file, openUnlinked);
  return sendPath(joined, open, request, options);
}

function isRelative(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..';
}
