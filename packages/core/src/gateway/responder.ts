import type { Environ, GatewayApp, StartResponse } from '../protocol.ts';

/**
 * An application of a function that makes one for each request, such as a `Response`: it is called
 * with the request's environ, and what it returns answers.
 *
 * ```ts
 * const app = responder((environ) => new Response(environ.PATH_INFO));
 * ```
 */
export function responder(
  makeResponse: (
    environ: Environ,
    startResponse: StartResponse,
  ) => GatewayApp | Promise<GatewayApp>,
): GatewayApp {
  return (environ, startResponse) => {
    const response = makeResponse(environ, startResponse);
    if (typeof response === 'function') return response(environ, startResponse);
    return response.then((app) => app(environ, startResponse));
  };
}
