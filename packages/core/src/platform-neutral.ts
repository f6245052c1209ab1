/** What `#platform` is where there is no Node: the same functions in plain JavaScript. */
import { dumpBase64Url } from './neutral/base64-url.ts';
import { digestSha256 } from './neutral/sha256.ts';

const encoder = new TextEncoder();

/** Whether paths follow the rules of Windows. */
export const isWindows: boolean = false;

/** The SHA-256 digest of bytes, or of the UTF-8 of a text, as base64url without padding. */
export function sha256(data: Uint8Array | string): string {
  return dumpBase64Url(digestSha256(typeof data === 'string' ? encoder.encode(data) : data));
}

/** Whether two arrays of equal length hold the same, in a time that does not tell where not. */
export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = 0;
  for (let index = 0; index < one.length; index++) difference |= one[index]! ^ other[index]!;
  return difference === 0;
}
