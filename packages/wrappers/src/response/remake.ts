import {
  ArgumentError,
  type Environ,
  type GatewayApp,
  type Headers,
  HTTPException,
} from '@werkstatt/core';
import { responseFromApp } from '../fetch/response-from-app.ts';
import type { ResponseBody } from './body-source.ts';
import { ResponseContent } from './response-content.ts';
import type { ResponseOptions } from './response-options.ts';

/** A class of which a response is made of another one. */
type Remaker<R> = new (body?: ResponseBody, options?: ResponseOptions) => R;

/**
 * Makes a response of class `kind` that has the status and the body of another one, and other
 * header fields. The end of the new one is the end of both.
 */
export function remake<R extends ResponseContent>(
  kind: Remaker<R>,
  response: ResponseContent,
  headers: Headers,
): R {
  const { status, contentType } = response;
  const made = new kind(null, { status, headers });
  if (contentType === undefined) made.contentType = undefined;
  made.replaceBody(() => response.iterEncoded());
  made.callOnClose(() => response.close());
  made.automaticallySetContentLength = response.automaticallySetContentLength;
  made.autocorrectLocationHeader = response.autocorrectLocationHeader;
  made.implicitSequenceConversion = response.implicitSequenceConversion;
  return made;
}

/** What `Response.forceType()` does, for the class `kind`. */
export function forceType<R extends ResponseContent>(
  kind: Remaker<R>,
  given: GatewayApp | HTTPException,
  environ: Environ | undefined,
): R | Promise<R> {
  const app = given instanceof HTTPException ? given.asApp() : given;
  if (app instanceof ResponseContent) {
    const response = app instanceof kind ? app : remake(kind, app, app.headers);
    return environ ? Promise.resolve(response) : response;
  }
  if (environ) return responseFromApp(kind, app, environ);
  throw new ArgumentError(
    'Only running it shows what this application answers: give forceType() an environ as well.',
  );
}
