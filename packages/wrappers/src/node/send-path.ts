import { basename, resolve } from 'node:path';
import { type Headers, NotFound } from '@werkstatt/core';
import { environOf, type RequestOrEnviron } from '../request/request-environ.ts';
import type { Response } from '../response/response.ts';
import type { SendableContent } from './file-content.ts';
import { fileHeaders } from './file-headers.ts';
import { fileResponse } from './file-response.ts';
import type { FileOpener, OpenFile } from './open-file.ts';
import { CODINGS, openTwin } from './precompressed.ts';
import type { SendFileOptions } from './send-file-options.ts';

/**
 * Sends the file at a path, or its encoded copy.
 *
 * @throws NotFound when `open` finds none.
 */
export async function sendPath<R extends Response>(
  path: string,
  open: FileOpener,
  request: RequestOrEnviron,
  options: SendFileOptions<R>,
): Promise<R> {
  const headers = fileHeaders({ name: basename(path), path }, options);
  const file = await open(path);
  if (!file) throw new NotFound();
  if (options.useXSendfile) return leaveSending(path, file, headers, request, options);
  try {
    const content = await chooseEncoding(path, file, open, headers, request, options);
    return await fileResponse(content, headers, request, options);
  } catch (error) {
    await file.body.close();
    throw error;
  }
}

/** The file, or the copy of it that the client likes better; the other one is closed. */
async function chooseEncoding(
  path: string,
  file: OpenFile,
  open: FileOpener,
  headers: Headers,
  request: RequestOrEnviron,
  { precompressed = false }: SendFileOptions,
): Promise<SendableContent> {
  const codings = typeof precompressed === 'boolean' ? CODINGS : precompressed;
  if (precompressed !== false && !headers.has('Content-Encoding')) {
    headers.set('Vary', 'Accept-Encoding');
    const { HTTP_ACCEPT_ENCODING: accepted } = environOf(request);
    const twin = await openTwin(path, file, open, accepted, codings);
    if (twin) {
      headers.set('Content-Encoding', twin.coding);
      await file.body.close();
      return { ...twin, close: () => twin.body.close() };
    }
  }
  return { ...file, close: () => file.body.close() };
}

/** A response without a body, for a server in front to send the file. */
async function leaveSending<R extends Response>(
  path: string,
  { body, lastModified, etag }: OpenFile,
  headers: Headers,
  request: RequestOrEnviron,
  options: SendFileOptions<R>,
): Promise<R> {
  await body.close();
  const response = await fileResponse(
    { body: null, lastModified, etag },
    headers,
    request,
    options,
  );
  // Some servers send the file whatever the status says.
  if (response.statusCode === 200) response.headers.set('X-Sendfile', encodeURI(resolve(path)));
  return response;
}
