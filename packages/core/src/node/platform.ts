/** What the platform does better than plain JavaScript, on Node: the other face of `#platform`. */
type Crypto = typeof import('node:crypto');

let loaded: Crypto | undefined;

/** Loaded on first use: most programs that import this package never hash, and it takes 3 ms. */
function crypto(): Crypto {
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
}

/** Whether paths follow the rules of Windows. */
export const isWindows: boolean = process.platform === 'win32';

/** The SHA-256 digest of bytes, or of the UTF-8 of a text, as base64url without padding. */
export function sha256(data: Uint8Array | string): string {
  return crypto().hash('sha256', data, 'base64url');
}

/** Whether two arrays of equal length hold the same, in a time that does not tell where not. */
export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean {
  return crypto().timingSafeEqual(one, other);
}
