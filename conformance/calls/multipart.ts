import type { HeaderField, HeadersView } from '@werkstatt/core';
import {
  type DataEvent,
  type EpilogueEvent,
  MultipartDecoder,
  type MultipartDecoderOptions,
  MultipartEncoder,
  type MultipartEvent,
  type MultipartEventInit,
  type PreambleEvent,
} from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { type Octets, toOctets } from './encode.ts';

/** An event as the cases write it. */
interface CaseEvent {
  readonly type: 'Preamble' | 'Field' | 'File' | 'Data' | 'Epilogue';
  readonly name?: string;
  readonly filename?: string;
  readonly headers?: readonly HeaderField[];
  readonly data?: Octets;
}

/** Calls of the multipart decoder and encoder. */
export const multipartCalls: Calls = {
  multipartDecode(boundary: string, chunks: readonly Octets[], options?: MultipartDecoderOptions) {
    const decoder = new MultipartDecoder(boundary, options);
    const events: MultipartEvent[] = [];
    for (const chunk of [...chunks.map(toOctets), null]) {
      decoder.receiveData(chunk);
      for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) events.push(event);
    }
    return mergeContent(events).map(toCase);
  },
  multipartEncode(boundary: string, events: readonly CaseEvent[]) {
    const encoder = new MultipartEncoder(boundary);
    return Buffer.concat(events.map((event) => encoder.sendEvent(fromCase(event))));
  },
};

/** Header fields of a part as the cases have them: text in UTF-8, names in lower case, sorted. */
export function partHeaders(headers: HeadersView): HeaderField[] {
  return Array.from(headers.items({ lower: true }))
    .map(([name, value]): HeaderField => [name, Buffer.from(value, 'latin1').toString()])
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}

type ContentEvent = PreambleEvent | DataEvent | EpilogueEvent;

/** Makes one event of the pieces of the same content. */
function mergeContent(events: readonly MultipartEvent[]): MultipartEvent[] {
  const merged: MultipartEvent[] = [];
  let pieces: Uint8Array[] = [];
  for (const event of events) {
    if (isContent(event)) {
      pieces.push(event.data);
      if (event.moreData) continue;
      merged.push({ ...event, data: Buffer.concat(pieces) });
      pieces = [];
    } else {
      merged.push(event);
    }
  }
  return merged;
}

function isContent(event: MultipartEvent): event is ContentEvent {
  return 'data' in event;
}

function toCase(event: MultipartEvent): unknown {
  const type = `${event.type.charAt(0).toUpperCase()}${event.type.slice(1)}`;
  if (isContent(event)) return { type, data: event.data };
  const named = { type, name: event.name, headers: partHeaders(event.headers) };
  return event.type === 'file' ? { ...named, filename: event.filename } : named;
}

function fromCase(event: CaseEvent): MultipartEventInit {
  const data = toOctets(event.data ?? '');
  const { name = '', filename = '', headers } = event;
  switch (event.type) {
    case 'Field':
      return { type: 'field', name, headers };
    case 'File':
      return { type: 'file', name, filename, headers };
    case 'Preamble':
      return { type: 'preamble', data };
    case 'Data':
      return { type: 'data', data };
    case 'Epilogue':
      return { type: 'epilogue', data };
  }
}
