import type { MultipartDecoder } from './multipart-decoder.ts';

/** A body with a field and a file. */
const BODY = `--b\r
Content-Disposition: form-data; name="a"\r
\r
1\r
--b\r
Content-Disposition: form-data; name="a"; filename="b"\r
\r
2\r
--b--`;

const sample: unknown[] = [];

/**
 * Keeps a decoder and its events for ever, once: V8 drops the machine code of methods when it collects
 * the last of their objects. Where uploads are rare, every full collection would do that, and the next
 * bodies would take two to four times as long. It is small, and not there before the first decoder.
 */
export function keepSample(Decoder: new (boundary: string) => MultipartDecoder): void {
  if (sample.length > 0) return;
  sample.push(BODY); // so that the decoder below keeps none itself
  const decoder = new Decoder('b');
  sample.push(decoder);
  decoder.receiveData(new TextEncoder().encode(BODY));
  for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) sample.push(event);
}
