import type { Environ } from '@werkstatt/core';

/** A request, or its environ. */
export type RequestOrEnviron = Environ | { readonly environ: Environ };

/** The environ of a request, which may be it already. */
export function environOf(request: RequestOrEnviron): Environ {
  return 'REQUEST_METHOD' in request ? (request as Environ) : (request.environ as Environ);
}
