import { type Headers, httpDate, quoteEtag, unquoteEtag } from '@werkstatt/core';
import { environOf, type RequestOrEnviron } from '../request/request-environ.ts';
import { Response, type ResponseClass } from '../response/response.ts';
import type { SendableContent } from './file-content.ts';
import type { SendFileOptions } from './send-file-options.ts';

/** Files up to this many bytes are read at once, and closed before they are sent. */
const SMALL_FILE = 65_536;

/**
 * The response with a content, as far as a request asks for it.
 *
 * @throws RequestedRangeNotSatisfiable; the content is closed then.
 */
export async function fileResponse<R extends Response>(
  content: SendableContent,
  headers: Headers,
  request: RequestOrEnviron,
  options: SendFileOptions<R>,
): Promise<R> {
  const { size } = content;
  const lastModified = options.lastModified ?? content.lastModified;
  if (lastModified) headers.set('Last-Modified', httpDate(lastModified));
  const etag = etagOf(content, options.etag ?? true);
  if (etag !== undefined) headers.set('ETag', etag);
  if (size !== undefined) headers.set('Content-Length', size);
  const kind = (options.responseClass ?? Response) as ResponseClass<R>;
  try {
    const response = new kind(content.body, { headers });
    if (options.conditional ?? true) {
      const isKnown = size !== undefined;
      response.makeConditional(request, { acceptRanges: isKnown, completeLength: size });
    }
    if (content.close) await settle(response, request, content.close);
    return response;
  } catch (error) {
    await content.close?.();
    throw error;
  }
}

/** Closes a file as soon as what is to be sent of it is in memory. */
async function settle(
  response: Response,
  request: RequestOrEnviron,
  close: () => Promise<void>,
): Promise<void> {
  const { statusCode, contentLength = 0 } = response;
  const isSent = statusCode === 200 || statusCode === 206;
  if (!isSent || environOf(request).REQUEST_METHOD === 'HEAD') await close();
  else if (contentLength <= SMALL_FILE) await response.makeSequence();
}

/** The tag with its quotes; each encoding of a content has its own. */
function etagOf({ etag, coding }: SendableContent, option: boolean | string): string | undefined {
  if (typeof option !== 'string') return option && etag !== undefined ? quoteEtag(etag) : undefined;
  const [tag, weak] = unquoteEtag(option);
  if (tag === null) return undefined;
  return quoteEtag(coding === undefined ? tag : `${tag}-${coding}`, { weak });
}
