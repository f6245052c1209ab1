import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultipartDecoder } from './multipart-decoder.ts';
import type { MultipartEvent } from './multipart-events.ts';
import type { MultipartDecoderOptions } from './multipart-limits.ts';

/** An event in short: its type, then what it has. */
type Short = readonly string[];

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const textOf = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

function eventsOf(
  chunks: readonly (Uint8Array | null)[],
  boundary = 'b',
  options?: MultipartDecoderOptions,
): MultipartEvent[] {
  const decoder = new MultipartDecoder(boundary, options);
  const events: MultipartEvent[] = [];
  for (const chunk of chunks) {
    decoder.receiveData(chunk);
    for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) events.push(event);
  }
  return events;
}

/** The events of a whole body, with consecutive pieces of the same content as one. */
function decode(
  body: string | readonly string[],
  boundary = 'b',
  options?: MultipartDecoderOptions,
): Short[] {
  const chunks = (typeof body === 'string' ? [body] : body).map(latin1);
  const short: Short[] = [];
  let content = '';
  for (const event of eventsOf([...chunks, null], boundary, options)) {
    if ('data' in event) {
      content += textOf(event.data);
      if (event.moreData) continue;
      short.push([event.type, content]);
      content = '';
    } else if (event.type === 'file') {
      short.push([event.type, event.name, event.filename]);
    } else {
      short.push([event.type, event.name]);
    }
  }
  return short;
}

/** A body of one field `a`, with what follows its header up to the last delimiter. */
const field = (rest: string): string =>
  `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${rest}\r\n--b--\r\n`;

const singles = (body: string): string[] => Array.from(body);

describe('MultipartDecoder', () => {
  it('tells fields, files and their data', () => {
    const body =
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nhello\r\n' +
      '--b\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\n' +
      'Content-Type: text/plain\r\n\r\n1\r\n2\r\n--b--\r\n';
    const expected = [
      ['preamble', ''],
      ['field', 'a'],
      ['data', 'hello'],
      ['file', 'f', 'x.txt'],
      ['data', '1\r\n2'],
      ['epilogue', ''],
    ];
    expect(decode(body)).toEqual(expected);
    expect(decode(singles(body))).toEqual(expected);
  });

  it('gives the same events wherever the body is cut', () => {
    const piece = fc.constantFrom('\r', '\n', '\r\n', '--', '-', '--b', '\r\n--b', ' ', 'x', 'b');
    const content = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(content, fc.array(fc.nat(150), { maxLength: 6 }), (value, places) => {
        const body = field(value);
        const cuts = [0, ...places.toSorted((a, b) => a - b), body.length];
        const chunks = cuts.slice(1).map((end, index) => body.slice(cuts[index], end));
        const outcome = attempt(() => decode(body));
        expect(attempt(() => decode(chunks))).toEqual(outcome);
        expect(attempt(() => decode(singles(body)))).toEqual(outcome);
      }),
      { numRuns: 500 },
    );
  });
});

/** What a function returns, or the message of what it throws. */
function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as Error).message;
  }
}
