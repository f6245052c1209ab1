import { encodeUtf8 } from './latin1.ts';

const BASE64 = /^[0-9A-Za-z+/]*={0,2}$/;
const NON_ASCII = /[^\x00-\x7f]/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text whose UTF-8 is given in base64 (RFC 4648 section 4); null for what is neither. */
export function decodeBase64Text(base64: string): string | null {
  if (base64.length % 4 !== 0 || !BASE64.test(base64)) return null;
  try {
    const octets = atob(base64);
    if (!NON_ASCII.test(octets)) return octets;
    return decoder.decode(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** The UTF-8 of a text in base64. */
export function encodeBase64Text(text: string): string {
  return btoa(encodeUtf8(text));
}
