import { ChunkInput } from '@werkstatt/core';
import { formParts } from '@werkstatt/wrappers';
import type { Found } from '../contender.ts';

const NO_LIMITS = {
  maxFormMemorySize: Number.POSITIVE_INFINITY,
  maxFormParts: Number.POSITIVE_INFINITY,
  maxPartHeaderSize: Number.POSITIVE_INFINITY,
  maxPartHeaders: Number.POSITIVE_INFINITY,
};

export async function decode(chunks: Iterable<Buffer>, boundary: string): Promise<Found> {
  const found = { parts: 0, contentBytes: 0 };
  for await (const part of formParts(new ChunkInput(chunks), { boundary }, NO_LIMITS)) {
    if (part.name.length > 0) found.parts++;
    for await (const data of part) found.contentBytes += data.length;
  }
  return found;
}
