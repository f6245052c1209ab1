import { once } from 'node:events';
import busboy from 'busboy';
import { type Found, formType } from '../contender.ts';

const NO_LIMITS = { fieldSize: Number.POSITIVE_INFINITY };

export async function decode(chunks: Iterable<Buffer>, boundary: string): Promise<Found> {
  const found = { parts: 0, contentBytes: 0 };
  const parser = busboy({
    headers: { 'content-type': formType(boundary) },
    limits: NO_LIMITS,
  });
  parser.on('field', (name, value) => {
    if (name.length > 0) found.parts++;
    found.contentBytes += value.length;
  });
  parser.on('file', (name, stream) => {
    if (name.length > 0) found.parts++;
    stream.on('error', () => {}); // the parser has it as well
    stream.on('data', (data: Buffer) => {
      found.contentBytes += data.length;
    });
  });
  const closed = once(parser, 'close');
  closed.catch(() => {});
  for (const chunk of chunks) {
    if (!parser.write(chunk)) await once(parser, 'drain');
  }
  parser.end();
  await closed;
  return found;
}
