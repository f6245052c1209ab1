/**
 * `node:http` and busboy, which writes each file to a temporary one and reads that, as a handler would;
 * of fields nothing is kept.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Found } from '../found.ts';
import { serveNode } from './serve-node.ts';

serveNode(async (request: IncomingMessage): Promise<Found> => {
  const found: Found = { parts: 0, bytes: 0 };
  const stored: Promise<void>[] = [];
  const parser = busboy({ headers: request.headers });
  parser.on('field', () => found.parts++);
  parser.on('file', (_name, file) => {
    found.parts++;
    stored.push(store(file, found));
  });
  await pipeline(request, parser);
  await Promise.all(stored);
  return found;
});

async function store(file: Readable, found: Found): Promise<void> {
  const path = join(tmpdir(), `busboy-${randomUUID()}`);
  try {
    await pipeline(file, createWriteStream(path));
    for await (const chunk of createReadStream(path)) found.bytes += (chunk as Buffer).length;
  } finally {
    await unlink(path);
  }
}
