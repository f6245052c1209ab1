import { expectTypeOf } from 'vitest';
import { runApp } from '../gateway/run-app.ts';
import type { Body, Environ, GatewayApp } from '../protocol.ts';
import { bodyToStream } from './body-to-stream.ts';
import { environFromFetch } from './environ-from-fetch.ts';
import { requestToFetch } from './request-to-fetch.ts';
import { bodyFromFetch, responseFromFetch } from './response-from-fetch.ts';
import { responseToFetch } from './response-to-fetch.ts';

declare const app: GatewayApp;
declare const request: Request;
declare const response: Response;

const environ = environFromFetch(request, { remotePort: 5000, signal: request.signal });
expectTypeOf(environ).toEqualTypeOf<Environ>();
// @ts-expect-error a port is text or a number
environFromFetch(request, { remotePort: null });
expectTypeOf(requestToFetch(environ, { trustedHosts: ['x.example'] })).toEqualTypeOf<Request>();

// What one function gives, another takes.
const answer = await runApp(app, environ);
expectTypeOf(responseToFetch(answer.status, answer.headers, answer.body)).toEqualTypeOf<Response>();
const { body } = responseFromFetch(response);
expectTypeOf(body).toEqualTypeOf<Body>();
expectTypeOf(bodyFromFetch(request)).toEqualTypeOf<Body>();
expectTypeOf(bodyToStream(body)).toEqualTypeOf<ReadableStream<Uint8Array>>();
// @ts-expect-error text is no body
bodyToStream('text');
