import {
  type Environ,
  type EnvironFromFetchOptions,
  environFromFetch,
  requestToFetch as environToFetch,
  type InputStream,
} from '@werkstatt/core';
import type { RequestClass } from '../apps/application.ts';

/**
 * A request of class `kind` that is a platform's `Request`. Its body is read from there, as it comes,
 * and can be read once, here or there.
 *
 * @param options what a `Request` doesn't say of itself, such as the client's address.
 * @throws ArgumentError when the URL isn't of the schemes `http` and `https`.
 */
export function requestFromFetch<R>(
  kind: RequestClass<R>,
  request: globalThis.Request,
  options?: EnvironFromFetchOptions,
): R {
  return new kind(environFromFetch(request, options));
}

/** What is looked at of a request that becomes the platform's. */
export interface FetchableRequest {
  readonly environ: Environ;
  readonly trustedHosts: Iterable<string> | undefined;
  readonly stream: InputStream;
}

/**
 * A request as the platform's `Request`. The body streams, with the limits of `request`: it is read
 * from the client as it is read there.
 *
 * @throws BadHost when the Host header makes no URL.
 * @throws SecurityError when the host isn't one of `trustedHosts`.
 * @throws NotImplemented for CONNECT, TRACE and TRACK, which a `Request` can't have.
 */
export function requestToFetch(request: FetchableRequest): globalThis.Request {
  const { environ, trustedHosts } = request;
  return environToFetch(environ, {
    trustedHosts,
    // Looked at when there is a body to send.
    get body() {
      return request.stream;
    },
  });
}
