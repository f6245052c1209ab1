import { InvalidBodyError } from '../errors/wrapper-errors.ts';
import { describe } from '../values/describe.ts';

const encoder = new TextEncoder();

/** Bytes that V8 keeps inside the array object, without a buffer of their own. */
const SHORT = 64;
/** Room for any text of that many code units. */
const scratch = new Uint8Array(SHORT * 3);

/**
 * Encodes text as UTF-8. A short text takes a detour: a copy out of a buffer at hand costs a fifth
 * of what `TextEncoder.encode` does.
 */
export function encodeText(text: string): Uint8Array {
  if (text.length > SHORT) {
    return encoder.encode(text);
  }
  return scratch.slice(0, encoder.encodeInto(text, scratch).written);
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
