import { encodeUtf8 } from '#platform';
import { InvalidBodyError } from '../errors/wrapper-errors.ts';
import { NO_BYTES } from '../values/bytes.ts';
import { describe } from '../values/describe.ts';

/** Up to as many code units of ASCII are faster put in one by one. */
const SHORT = 40;

/** Encodes text as UTF-8. The bytes may stand in a buffer with others. */
export function encodeText(text: string): Uint8Array {
  const { length } = text;
  if (length > SHORT) return encodeUtf8(text);
  if (length === 0) return NO_BYTES;
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return encodeUtf8(text);
    bytes[index] = unit;
  }
  return bytes;
}

/**
 * One chunk of a body as bytes.
 *
 * @throws InvalidBodyError for what is neither text nor bytes.
 */
export function encodeChunk(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) {
    return chunk;
  }
  if (typeof chunk === 'string') {
    return encodeText(chunk);
  }
  throw new InvalidBodyError(
    `A response body consists of strings and Uint8Arrays, but one of its chunks is ${describe(chunk)}.`,
  );
}
