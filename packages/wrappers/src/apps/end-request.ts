import { type Body, closeAll, type Environ } from '@werkstatt/core';
import { type RequestState, STATE } from '../request/request-state.ts';

/** What of a request there is to know in order to end it. */
export interface EndingRequest {
  readonly environ: Environ;
  readonly [STATE]: RequestState | undefined;
  close(): void | Promise<void>;
}

/** Whether a request has anything to release. */
export function holdsResources(request: EndingRequest): boolean {
  return request[STATE]?.end !== undefined;
}

/**
 * A body at whose end the request ends as well. A list stays a list, and one of a request that holds
 * nothing stays what it is; a stream may come to use the request while it is sent.
 */
export function endWithBody(request: EndingRequest, body: Body): Body {
  if (Array.isArray(body) && !holdsResources(request)) return body;
  const close = () => closeAll([() => body.close?.(), () => request.close()]);
  if (Array.isArray(body)) return Object.assign([...(body as Uint8Array[])], { close });
  return Symbol.asyncIterator in body
    ? { [Symbol.asyncIterator]: () => body[Symbol.asyncIterator](), close }
    : { [Symbol.iterator]: () => body[Symbol.iterator](), close };
}

/**
 * Ends a request that failed.
 *
 * @throws `error` always; what fails on the way is told to the server's log.
 */
export async function endWithError(request: EndingRequest, error: unknown): Promise<never> {
  try {
    await request.close();
  } catch (closeError) {
    reportError(request.environ, 'Error while a failed request ended', closeError);
  }
  throw error;
}

/** Tells the server's log of an error that nobody else gets to know. */
export function reportError(environ: Environ, what: string, error: unknown): void {
  // Quoted, so that no line of the log can be made up.
  environ['gateway.errors'].write(`${what}: ${JSON.stringify(String(error))}\n`);
}
