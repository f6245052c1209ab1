import { MultipartDecoder } from '../multipart/multipart-decoder.ts';
import type { MultipartEvent } from '../multipart/multipart-events.ts';
import type { MultipartDecoderOptions } from '../multipart/multipart-limits.ts';

/** An event in short: its type, then its names or its data. */
export type ShortEvent = readonly string[];

/** Every event of a body of these chunks; `null` among them is its end. */
export function eventsOf(
  chunks: readonly (Uint8Array | null)[],
  options: MultipartDecoderOptions = {},
  boundary = 'b',
): MultipartEvent[] {
  const decoder = new MultipartDecoder(boundary, options);
  const events: MultipartEvent[] = [];
  for (const chunk of chunks) {
    decoder.receiveData(chunk);
    for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) events.push(event);
  }
  return events;
}

/** The events of a whole body, in short; pieces of the same content are one. */
export function decodeMultipart(
  body: string | readonly string[],
  options: MultipartDecoderOptions = {},
  boundary = 'b',
): ShortEvent[] {
  const chunks = typeof body === 'string' ? [body] : body;
  return shorten(eventsOf([...chunks.map(octetsOf), null], options, boundary));
}

/** Events in short; pieces of the same content are one. */
export function shorten(events: readonly MultipartEvent[]): ShortEvent[] {
  const short: ShortEvent[] = [];
  let content = '';
  for (const event of events) {
    if (event.type === 'field') {
      short.push([event.type, event.name]);
    } else if (event.type === 'file') {
      short.push([event.type, event.name, event.filename]);
    } else {
      content += textOf(event.data);
      if (event.moreData) continue;
      short.push([event.type, content]);
      content = '';
    }
  }
  return short;
}

/** The parts alone, each as its name, its file's name if it has one, and its data. */
export function partsOf(events: readonly ShortEvent[]): string[][] {
  const parts: string[][] = [];
  for (const [type, ...rest] of events) {
    if (type === 'field' || type === 'file') parts.push(rest);
    else if (type === 'data') parts.at(-1)?.push(...rest);
  }
  return parts;
}

/** A body of one part, in which `b` is the boundary. */
export function onePart(header: string, data: string): string {
  return `--b\r\n${header}\r\n\r\n${data}\r\n--b--\r\n`;
}

/** A body of one field `a`. */
export function oneField(data: string): string {
  return onePart('Content-Disposition: form-data; name="a"', data);
}

/** Octets, one of each code unit. */
export function octetsOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** A text, one code unit of each octet. */
export function textOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1');
}
