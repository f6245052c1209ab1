import { isStream, type ResponseBody, type StoredBody } from '../response/body-source.ts';
import type { ByteRange } from './choose-ranges.ts';
import { PieceStream } from './piece-stream.ts';
import { isPositioned, isSliceable } from './seekable-source.ts';

/** A piece of a body that is put together: bytes as they are, or a range of the whole. */
export type Piece = Uint8Array | ByteRange;

/** Makes a body of pieces; a stream is pulled no further than they reach. */
export function cutBody(body: StoredBody, pieces: readonly Piece[]): ResponseBody {
  if (isStream(body)) return new PieceStream(body, pieces);
  const chunks = body instanceof Uint8Array ? [body] : body;
  return pieces.flatMap((piece) => (piece instanceof Uint8Array ? piece : cut(chunks, piece)));
}

/** Whether ranges of a body can be had in any order, and more than once. */
export function isSeekable(body: StoredBody): boolean {
  return !isStream(body) || isSliceable(body) || isPositioned(body);
}

/** The parts of chunks that lie in a range. */
function cut(chunks: readonly Uint8Array[], [start, stop]: ByteRange): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const chunk of chunks) {
    if (offset >= stop) break;
    const part = chunk.subarray(Math.max(start - offset, 0), stop - offset);
    if (part.length > 0) parts.push(part);
    offset += chunk.length;
  }
  return parts;
}
