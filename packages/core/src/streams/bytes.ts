/** No bytes: what reads give at the end. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Pieces of bytes as one. They are copied, but for a single one, which is returned as it is. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  let length = 0;
  for (const piece of pieces) length += piece.length;
  if (length === 0) return NO_BYTES;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
