import { MultipartDecoder } from '@werkstatt/wrappers';
import type { Found } from '../contender.ts';

const NO_LIMITS = {
  maxFormMemorySize: Number.POSITIVE_INFINITY,
  maxParts: Number.POSITIVE_INFINITY,
  maxPartHeaderSize: Number.POSITIVE_INFINITY,
  maxPartHeaders: Number.POSITIVE_INFINITY,
};

export function decode(chunks: Iterable<Buffer>, boundary: string): Found {
  const decoder = new MultipartDecoder(boundary, NO_LIMITS);
  const found = { parts: 0, contentBytes: 0 };
  for (const chunk of chunks) {
    decoder.receiveData(chunk);
    takeEvents(decoder, found);
  }
  decoder.receiveData(null);
  takeEvents(decoder, found);
  return found;
}

function takeEvents(decoder: MultipartDecoder, found: Found): void {
  for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) {
    if (event.type === 'data') found.contentBytes += event.data.length;
    else if (event.type === 'field' || event.type === 'file') countNamed(found, event.name);
  }
}

function countNamed(found: Found, name: string): void {
  if (name.length > 0) found.parts++;
}
