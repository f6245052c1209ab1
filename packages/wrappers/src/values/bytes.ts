/** No bytes: what comes of an empty text, and follows the last chunk. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);

/** How many bytes there are, in one piece or several. */
export function byteLength(chunks: Uint8Array | readonly Uint8Array[]): number {
  if (chunks instanceof Uint8Array) return chunks.length;
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  return length;
}

/**
 * The bytes as one may give them away: a copy of a part of a buffer, such as one that Node keeps for
 * short texts. Who looks at its `buffer` would find there what others have written.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** Octets, one of each code unit: text that came over the wire, or is to go there, as bytes. */
export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (octet) => octet.charCodeAt(0));
}
