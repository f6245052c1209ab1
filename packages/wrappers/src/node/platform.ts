/** What the platform does better than plain JavaScript, on Node: the other face of `#platform`. */
import { Buffer } from 'node:buffer';

/**
 * Where `pattern` first stands in `bytes` at or after `start`; -1 if nowhere. The first octet of
 * `pattern` must not come again in it: then the time is linear, whatever the bytes are.
 */
export function indexOfBytes(bytes: Uint8Array, pattern: Uint8Array, start = 0): number {
  return Buffer.prototype.indexOf.call(bytes, pattern, start);
}
