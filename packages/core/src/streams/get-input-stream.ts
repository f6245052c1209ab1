import { RequestEntityTooLarge } from '../exceptions/content-errors.ts';
import type { Environ, InputStream } from '../protocol.ts';
import { ChunkInput } from './chunk-input.ts';
import { getContentLength } from './get-content-length.ts';
import { LimitedStream } from './limited-stream.ts';

/** What `getInputStream` reads of an environ. */
export type InputEnviron = Pick<Environ, 'CONTENT_LENGTH' | 'gateway.input'> & {
  readonly 'gateway.input_terminated'?: boolean | undefined;
  readonly HTTP_TRANSFER_ENCODING?: string | undefined;
};

/** How far `getInputStream` trusts an input. */
export interface InputStreamOptions {
  /**
   * Gives an empty stream when nobody knows where the input ends. Default: true. Without it a read
   * of such an input may wait for the client for ever.
   */
  safeFallback?: boolean | undefined;
  /** The most bytes that the body may have. Default: no limit, and a client fills the memory. */
  maxContentLength?: number | null | undefined;
}

/**
 * The body of a request, ending where it ends. An input that the server terminates is returned as
 * it is, or with a maximum; any other is limited to its Content-Length.
 *
 * @throws RequestEntityTooLarge when the stated length exceeds `maxContentLength`, before anything
 *   is read. A body without a stated length rejects the read that goes beyond.
 */
export function getInputStream(
  environ: InputEnviron,
  options: InputStreamOptions = {},
): InputStream {
  const { safeFallback = true, maxContentLength = null } = options;
  const stream = environ['gateway.input'];
  const length = getContentLength(environ);
  if (length !== null && maxContentLength !== null && length > maxContentLength) {
    throw new RequestEntityTooLarge(
      `The request body has ${length} bytes, and ${maxContentLength} are allowed here.`,
    );
  }
  if (environ['gateway.input_terminated'] === true) {
    if (maxContentLength === null) return stream;
    return new LimitedStream(stream, maxContentLength, { isMax: true });
  }
  if (length !== null) return new LimitedStream(stream, length);
  return safeFallback ? new ChunkInput([]) : stream;
}
