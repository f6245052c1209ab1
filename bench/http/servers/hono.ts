/** Hono on @hono/node-server, with its serveStatic. */
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { asyncPieces, FILES, HELLO, LARGE, pieces } from '../payloads.ts';
import { tell } from './listen.ts';

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const large = new Uint8Array(LARGE);
const app = new Hono();

app.get('/', (context) => context.text(HELLO));
app.post('/echo', async (context) => context.json(await context.req.json()));
app.post('/upload', async (context) =>
  context.text(String((await context.req.arrayBuffer()).byteLength)),
);
app.get('/large', (context) => context.body(large, 200, TEXT));
app.get('/stream', (context) => context.body(ReadableStream.from(pieces()), 200, TEXT));
app.get('/stream-async', (context) => context.body(ReadableStream.from(asyncPieces()), 200, TEXT));
app.get('/64-kib.txt', serveStatic({ root: FILES }));

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
  tell(server as Server),
);
