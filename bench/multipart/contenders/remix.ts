import { parseMultipart } from '@remix-run/multipart-parser';
import type { Found } from '../contender.ts';

const NO_LIMITS = {
  maxHeaderSize: Number.POSITIVE_INFINITY,
  maxFileSize: Number.POSITIVE_INFINITY,
  maxParts: Number.POSITIVE_INFINITY,
  maxTotalSize: Number.POSITIVE_INFINITY,
};

export function decode(chunks: Iterable<Buffer>, boundary: string): Found {
  const found = { parts: 0, contentBytes: 0 };
  for (const part of parseMultipart(chunks, { boundary, ...NO_LIMITS })) {
    if (part.name !== undefined && part.name.length > 0) found.parts++;
    found.contentBytes += part.size;
  }
  return found;
}
