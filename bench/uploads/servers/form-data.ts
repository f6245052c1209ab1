/** `node:http` and the platform's `Request.formData()`, which has the whole body in memory: for scale. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Found } from '../found.ts';
import { serveNode } from './serve-node.ts';

serveNode(async (message: IncomingMessage): Promise<Found> => {
  const request = new Request('http://localhost/', {
    method: 'POST',
    headers: { 'Content-Type': message.headers['content-type']! },
    body: Readable.toWeb(message) as ReadableStream,
    duplex: 'half',
  });
  const found: Found = { parts: 0, bytes: 0 };
  for (const [, value] of await request.formData()) {
    found.parts++;
    if (typeof value !== 'string') found.bytes += value.size;
  }
  return found;
});
