import type { InputStream } from '@werkstatt/core';
import { decoderLimits, type FormPartLimits } from './form-limits.ts';
import { FormPart } from './form-part.ts';
import { openDecoder } from './open-decoder.ts';
import { PartReader } from './part-reader.ts';

/**
 * The parts of a body of type `multipart/form-data`, one by one as they arrive. Nothing is read ahead
 * and nothing kept but the chunk that is being worked off; the client sends no faster than the parts
 * are read. Going on to the next part skips what was left of one, and leaving the loop reads no more.
 *
 * ```ts
 * for await (const part of formParts(stream, { boundary })) {
 *   if (part.isFile) await store(part.filename, part);
 *   else fields.set(part.name, await part.text());
 * }
 * ```
 *
 * @param options the parameters of the body's media type, by their names in lower case.
 * @throws BadRequest when the body is malformed, or ends before its last boundary.
 * @throws RequestEntityTooLarge when it exceeds a limit.
 * @throws ClientDisconnected when it breaks off.
 * @throws ArgumentError when a limit is negative or no number; `Infinity` is no limit.
 */
export async function* formParts(
  stream: InputStream,
  options: Readonly<Record<string, string>>,
  limits: FormPartLimits = {},
): AsyncGenerator<FormPart, void, undefined> {
  const { maxFormMemorySize: maxMemory, ...others } = decoderLimits(limits);
  // What is streamed takes no memory; what is kept is counted when it is.
  const maxFormMemorySize = Number.POSITIVE_INFINITY;
  const reader = new PartReader(
    stream,
    openDecoder(options, { ...others, maxFormMemorySize }),
    maxMemory,
  );
  try {
    for (;;) {
      const next = reader.next();
      // A promise that is awaited costs a turn; most parts are there already.
      const event = next instanceof Promise ? await next : next;
      if (event === null) return;
      if (event.type !== 'field' && event.type !== 'file') continue;
      yield new FormPart(reader, event);
      reader.leave();
    }
  } finally {
    reader.leave();
  }
}
