import { type Environ, type GatewayApp, runApp } from '@werkstatt/core';
import { type AnswerClass, makeResponse } from './make-response.ts';

/** How an application is run for its response. */
export interface FromAppOptions {
  /**
   * Reads the body to its end at once, so that nothing is left to be closed. It is in memory then,
   * however long it is: leave it out for answers that stream. Default: false.
   */
  buffered?: boolean | undefined;
}

/**
 * Runs an application with one request, as a server would, and gives its answer as a response of
 * class `kind`, with the fields that the application set and no others. A body that streams is read
 * as the response is; `close()` a response that is neither read nor sent.
 *
 * @throws what the application throws before its head is known; an Error if it never calls
 * `startResponse()`.
 */
export async function responseFromApp<R extends { bytes(): Promise<Uint8Array> }>(
  kind: AnswerClass<R>,
  app: GatewayApp,
  environ: Environ,
  options: FromAppOptions = {},
): Promise<R> {
  const response = makeResponse(kind, await runApp(app, environ));
  if (options.buffered) await response.bytes();
  return response;
}
