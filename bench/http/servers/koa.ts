/** Koa, which has neither routes, parsers nor files of its own. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import Koa from 'koa';
import { asyncPieces, FILE, HELLO, LARGE, pieces } from '../payloads.ts';
import { listen } from './listen.ts';

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const app = new Koa();
app.silent = true; // wrk leaves in the middle of an answer, which Koa would log

app.use(async (context) => {
  context.type = 'text';
  switch (context.path) {
    case '/':
      context.body = HELLO;
      break;
    case '/echo':
      context.type = 'json';
      context.body = JSON.parse((await readWhole(context.req)).toString());
      break;
    case '/upload':
      context.body = String((await readWhole(context.req)).length);
      break;
    case '/large':
      context.body = LARGE;
      break;
    case '/stream':
      context.body = Readable.from(pieces());
      break;
    case '/stream-async':
      context.body = Readable.from(asyncPieces());
      break;
    case '/64-kib.txt': {
      const { size, mtime } = await stat(FILE);
      context.length = size;
      context.lastModified = mtime;
      context.body = createReadStream(FILE);
    }
  }
});

listen(createServer(app.callback()));
