import { fileURLToPath } from 'node:url';
import type { RequestOrEnviron } from '../request/request-environ.ts';
import type { Response } from '../response/response.ts';
import { describeContent, type FileContent } from './file-content.ts';
import { fileHeaders } from './file-headers.ts';
import { fileResponse } from './file-response.ts';
import { openFile } from './open-file.ts';
import { openKeptFile } from './open-kept.ts';
import type { SendFileOptions } from './send-file-options.ts';
import { sendPath } from './send-path.ts';

/**
 * Sends a file, or other content as one: with its type, its length, `Last-Modified`, `ETag` and
 * `Content-Disposition`, and answers the conditions and ranges of the request (RFC 9110 sections 13
 * and 14).
 *
 * A large file is read while it is sent, and stays open until the response is closed, which servers
 * do; close one that is not sent: `await response.close()`. A file that grows meanwhile is sent as
 * long as it was; one that shrinks has the connection cut, so that it does not seem complete.
 *
 * A path is trusted: for one that comes from a client, use `sendFromDirectory`.
 *
 * @param file a path, a `file:` URL, bytes, a `Blob`, an open `FileHandle`, or a stream, of which
 *   ranges are served if `size` is told. A handle and a stream are closed at the end.
 * @throws NotFound when there is no such file, it is not a regular one, or may not be read.
 * @throws RequestedRangeNotSatisfiable when no part of the range exists, or it is malformed.
 * @throws ArgumentError when there is no name to attach the content under, or neither a name nor a
 *   media type, or a handle is open on something else than a file.
 */
export async function sendFile<R extends Response = Response>(
  file: string | URL | FileContent,
  request: RequestOrEnviron,
  options: SendFileOptions<R> = {},
): Promise<R> {
  if (typeof file === 'string' || file instanceof URL) {
    const path = typeof file === 'string' ? file : fileURLToPath(file);
    const open = options.keptInMemory === false ? openFile : openKeptFile;
    return sendPath(path, open, request, options);
  }
  const headers = fileHeaders(
    {
      name: file instanceof File ? file.name : undefined,
      mimetype: file instanceof Blob && file.type !== '' ? file.type : undefined,
    },
    options,
  );
  const content = await describeContent(file);
  return fileResponse({ size: options.size, ...content }, headers, request, options);
}
