import {
  ArgumentError,
  concatBytes,
  Headers,
  type HeadersInit,
  InvalidHeaderError,
} from '@werkstatt/core';
import { NO_BYTES, octetsOf } from '../values/bytes.ts';
import { boundaryToSend } from './boundary.ts';
import type { MultipartEventInit } from './multipart-events.ts';

type State = 'preamble' | 'part' | 'data-start' | 'data' | 'complete';

const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
/** What would end the parameter or its line, as browsers write it. */
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['"', '%22'],
  ['\r', '%0D'],
  ['\n', '%0A'],
]);
/** Backslashes that would be read as the start of an escape; one within a path would not. */
const ESCAPING = /\\{2,}|\\$/g;

const encoder = new TextEncoder();

/**
 * Encodes `multipart/form-data` (RFC 7578): events in, octets out, those of each event in order. The
 * body is one `preamble` if it is wanted, for each part a `field` or a `file` and then its `data` in as
 * many events as it takes, and an `epilogue` at the end.
 */
export class MultipartEncoder {
  readonly #delimiter: Uint8Array;
  #state: State = 'preamble';

  /**
   * @param boundary must not occur in any of the data.
   * @throws ArgumentError when it is none that RFC 2046 section 5.1.1 allows.
   */
  constructor(boundary: string) {
    this.#delimiter = concatBytes([encoder.encode('\r\n--'), boundaryToSend(boundary)]);
  }

  /**
   * The octets of an event. A `Content-Disposition` among the headers is left out, for it is made of
   * the names. In these a quote and a line break are percent-encoded, as browsers do.
   *
   * @throws ArgumentError when the event can't follow on the one before.
   * @throws InvalidHeaderError when a name or a header can't be sent.
   */
  sendEvent(event: MultipartEventInit): Uint8Array {
    const state = this.#state;
    switch (event.type) {
      case 'preamble':
        if (state !== 'preamble') break;
        this.#state = 'part';
        return event.data;
      case 'field':
      case 'file':
        if (state === 'complete') break;
        this.#state = 'data-start';
        return this.#partHead(event);
      case 'data':
        if (state === 'data') return event.data;
        if (state !== 'data-start') break;
        return this.#firstData(event.data);
      case 'epilogue':
        if (state === 'complete') break;
        this.#state = 'complete';
        return concatBytes([this.#delimiter, encoder.encode('--\r\n'), event.data]);
    }
    throw new ArgumentError(
      `An event of type ${event.type} can't come here. Send a preamble or nothing, then for each ` +
        'part a field or a file and its data, then an epilogue.',
    );
  }

  #partHead(event: MultipartEventInit & { type: 'field' | 'file' }): Uint8Array {
    let disposition = `form-data; name="${escapeName(event.name)}"`;
    if (event.type === 'file') disposition += `; filename="${escapeName(event.filename)}"`;
    return concatBytes([
      this.#delimiter,
      encoder.encode(`\r\nContent-Disposition: ${disposition}\r\n`),
      otherFields(event.headers),
    ]);
  }

  /** An empty part ends with its header, whose last newline is then that of the delimiter. */
  #firstData(data: Uint8Array): Uint8Array {
    if (data.length === 0) return NO_BYTES;
    this.#state = 'data';
    return concatBytes([encoder.encode('\r\n'), data]);
  }
}

function escapeName(name: string): string {
  const control = CONTROLS.exec(name);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new InvalidHeaderError(
      `The name of a part or its file has U+${code} at index ${control.index}. Take control ` +
        'characters out of it.',
    );
  }
  return name
    .replace(ESCAPING, (backslashes) => backslashes + backslashes)
    .replace(/["\r\n]/g, (character) => ESCAPED.get(character)!);
}

/** The header fields as they stand in a part; a code unit is an octet. */
function otherFields(headers: HeadersInit | undefined): Uint8Array {
  let text = '';
  for (const [name, value] of new Headers(headers)) {
    if (name.toLowerCase() !== 'content-disposition') text += `${name}: ${value}\r\n`;
  }
  return octetsOf(text);
}
