import { ContentRange } from '@werkstatt/core';
import { octetsOf } from '../values/bytes.ts';
import type { ByteRange } from './choose-ranges.ts';
import type { Piece } from './cut-body.ts';

/** A body of several ranges, as pieces of text and of the whole. */
export interface MultipartRanges {
  readonly contentType: string;
  /** The number of all bytes. */
  readonly contentLength: number;
  readonly pieces: readonly Piece[];
}

/**
 * Several ranges as one body: `multipart/byteranges` (RFC 9110 section 14.6).
 *
 * @param length the number of bytes of the whole.
 * @param contentType the type of the whole, which becomes that of each part.
 */
export function multipartRanges(
  ranges: readonly ByteRange[],
  length: number,
  contentType: string | undefined,
): MultipartRanges {
  // 122 random bits: the content can't have the boundary in it, whoever wrote that.
  const boundary = crypto.randomUUID();
  const typeField = contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`;
  const pieces: Piece[] = [];
  let contentLength = 0;
  const add = (piece: Piece, size: number): void => {
    pieces.push(piece);
    contentLength += size;
  };
  for (const [start, stop] of ranges) {
    const lineEnd = pieces.length === 0 ? '' : '\r\n';
    const contentRange = new ContentRange({ units: 'bytes', start, stop, length });
    const head = `${lineEnd}--${boundary}\r\n${typeField}Content-Range: ${contentRange.toHeader()}\r\n\r\n`;
    add(octetsOf(head), head.length);
    add([start, stop], stop - start);
  }
  const end = `\r\n--${boundary}--\r\n`;
  add(octetsOf(end), end.length);
  return { contentType: `multipart/byteranges; boundary=${boundary}`, contentLength, pieces };
}
