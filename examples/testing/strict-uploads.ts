/**
 * Takes uploads as `upload.ts` does, with limits so low that tests can exceed them, and fails where it
 * is told to. Each path has its limit; with `?parts` the form is read part by part.
 */
import { type GatewayApp, NotFound } from '@werkstatt/core';
import { runSimple } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';

/** What is done to a request before its form is read. */
const PREPARE = new Map<string, (request: Request) => void>([
  ['/any', () => {}],
  ['/content', (request) => void (request.maxContentLength = 1_000_000)],
  ['/count', (request) => void (request.maxFormParts = 3)],
  ['/memory', (request) => void (request.maxFormMemorySize = 1_000)],
]);

async function readAll(request: Request): Promise<void> {
  if (!request.args.has('parts')) {
    await request.files();
    return;
  }
  for await (const part of request.parts()) {
    if (part.isFile) for await (const _chunk of part);
    else await part.text();
  }
}

const application: GatewayApp = Request.application(async (request) => {
  const { path } = request;
  if (path === '/')
    return new Response('<!doctype html><title>.</title>', { mimetype: 'text/html' });
  if (path === '/throws') {
    await request.files();
    throw new Error('This handler fails with files in its hands.');
  }
  const prepare = PREPARE.get(path);
  if (!prepare) throw new NotFound();
  prepare(request);
  await readAll(request);
  return new Response('fine');
});

// Short, for tests of clients that are still sending when it has passed.
await runSimple('localhost', 4000, application, { timeouts: { lingerTimeout: 300 } });
