/** Fastify, with its own parsers and serialisers; it has no files of its own. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fastify } from 'fastify';
import { asyncPieces, FILE, HELLO, LARGE, pieces } from '../payloads.ts';
import { tell } from './listen.ts';

const TEXT = 'text/plain; charset=utf-8';
const app = fastify();

app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
  done(null, body),
);
app.get('/', (_, reply) => reply.type(TEXT).send(HELLO));
app.post('/echo', (request) => request.body);
app.post('/upload', (request, reply) => {
  reply.type(TEXT).send(String((request.body as Buffer).length));
});
app.get('/large', (_, reply) => reply.type(TEXT).send(LARGE));
app.get('/stream', (_, reply) => reply.type(TEXT).send(Readable.from(pieces())));
app.get('/stream-async', (_, reply) => reply.type(TEXT).send(Readable.from(asyncPieces())));
app.get('/64-kib.txt', async (_, reply) => {
  const { size, mtime } = await stat(FILE);
  reply.type(TEXT).headers({ 'Content-Length': size, 'Last-Modified': mtime.toUTCString() });
  return reply.send(createReadStream(FILE));
});

await app.listen({ port: 0, host: '127.0.0.1' });
tell(app.server);
