/** A bare gateway application: what the server alone costs. */
import type { GatewayApp } from '@werkstatt/core';
import { serve } from './serve.ts';

const body = Buffer.from('Hello World!');

const application: GatewayApp = (_environ, startResponse) => {
  startResponse('200 OK', [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(body.byteLength)],
  ]);
  return [body];
};

await serve(application);
