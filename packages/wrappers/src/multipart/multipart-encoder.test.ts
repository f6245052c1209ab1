import { ArgumentError, InvalidHeaderError } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, octetsOf, partsOf, shorten, textOf } from '../testing/decode-multipart.ts';
import { MultipartEncoder } from './multipart-encoder.ts';
import type { MultipartEventInit } from './multipart-events.ts';

const BOUNDARY = '----boundary';

function encode(events: readonly MultipartEventInit[]): string {
  const encoder = new MultipartEncoder(BOUNDARY);
  return events.map((event) => textOf(encoder.sendEvent(event))).join('');
}

const data = (text: string): MultipartEventInit => ({ type: 'data', data: octetsOf(text) });
const END: MultipartEventInit = { type: 'epilogue', data: octetsOf('') };

/** The line with the names of a part. */
function disposition(name: string, filename?: string): string {
  const start: MultipartEventInit =
    filename === undefined ? { type: 'field', name } : { type: 'file', name, filename };
  return Buffer.from(encode([start]), 'latin1')
    .toString()
    .split('\r\n')[2]!;
}

describe('MultipartEncoder', () => {
  it('writes fields, files and their data', () => {
    const headers = { 'Content-Type': 'text/plain' };
    expect(
      encode([
        { type: 'field', name: 'a' },
        data('1'),
        { type: 'file', name: 'f', filename: 'x.txt', headers },
        data('2'),
        data('3'),
        END,
      ]),
    ).toBe(
      '\r\n------boundary\r\nContent-Disposition: form-data; name="a"\r\n\r\n1' +
        '\r\n------boundary\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\n' +
        'Content-Type: text/plain\r\n\r\n23\r\n------boundary--\r\n',
    );
  });

  it('writes a preamble and an epilogue', () => {
    const preamble: MultipartEventInit = { type: 'preamble', data: octetsOf('pre') };
    const epilogue: MultipartEventInit = { type: 'epilogue', data: octetsOf('epi') };
    expect(encode([preamble, epilogue])).toBe('pre\r\n------boundary--\r\nepi');
  });

  it('makes no difference of empty data', () => {
    const field: MultipartEventInit = { type: 'field', name: 'a' };
    const body = encode([field, data(''), data('1'), field, data(''), field, END]);
    expect(partsOf(shorten(eventsOf([octetsOf(body), null], {}, BOUNDARY)))).toEqual([
      ['a', '1'],
      ['a', ''],
      ['a', ''],
    ]);
  });

  it('percent-encodes quotes and line breaks in names, as browsers do', () => {
    expect(disposition('a"b\r\nc')).toBe('Content-Disposition: form-data; name="a%22b%0D%0Ac"');
    expect(disposition('f', '"\n"')).toBe(
      'Content-Disposition: form-data; name="f"; filename="%22%0A%22"',
    );
    expect(disposition('ü', '日本.txt')).toBe(
      'Content-Disposition: form-data; name="ü"; filename="日本.txt"',
    );
  });

  it('doubles the backslashes that would be read as an escape', () => {
    expect(disposition('C:\\dir\\x')).toContain('name="C:\\dir\\x"');
    expect(disposition('a\\')).toContain('name="a\\\\"');
    expect(disposition('\\\\host\\x')).toContain('name="\\\\\\\\host\\x"');
    expect(disposition('a\\"; x="')).toContain('name="a\\%22; x=%22"');
  });

  it('leaves the Content-Disposition of the headers out', () => {
    const headers = { 'content-disposition': 'attachment', X: 'y' };
    expect(encode([{ type: 'field', name: 'a', headers }])).toBe(
      '\r\n------boundary\r\nContent-Disposition: form-data; name="a"\r\nX: y\r\n',
    );
  });

  it('refuses names and headers that cannot be sent', () => {
    expect(() => disposition('a\0')).toThrow(InvalidHeaderError);
    expect(() => disposition('a', 'b\x1f')).toThrow('U+001F at index 1');
    const headers = { X: 'a\r\nY: b' };
    expect(() => encode([{ type: 'field', name: 'a', headers }])).toThrow(InvalidHeaderError);
  });

  it('refuses events out of order', () => {
    const orders: MultipartEventInit[][] = [
      [data('1')],
      [END, END],
      [END, { type: 'field', name: 'a' }],
      [
        { type: 'field', name: 'a' },
        { type: 'preamble', data: octetsOf('') },
      ],
      [{ type: 'preamble', data: octetsOf('') }, data('1')],
    ];
    for (const events of orders) expect(() => encode(events)).toThrow(ArgumentError);
  });

  it('refuses what is no boundary', () => {
    for (const boundary of ['', ' ', 'a ', 'a"b', 'a\r\nb', 'ü', 'a;b', 'x'.repeat(71)]) {
      expect(() => new MultipartEncoder(boundary), boundary).toThrow(ArgumentError);
    }
    for (const boundary of ['a', "0aZ'()+_,-./:=?", 'a b', 'x'.repeat(70)]) {
      expect(() => new MultipartEncoder(boundary)).not.toThrow();
    }
  });

  it('writes what the decoder reads, however that is cut', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}%]/u.test(text));
    const content = fc.uint8Array({ maxLength: 40 });
    const part = fc.record({ name, filename: fc.option(name), content });
    const parts = fc.array(part, { maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 100 }), (list, size) => {
        const events = list.flatMap(({ name, filename, content }): MultipartEventInit[] => [
          filename === null ? { type: 'field', name } : { type: 'file', name, filename },
          { type: 'data', data: content },
        ]);
        const body = octetsOf(encode([...events, END]));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < body.length; at += size) chunks.push(body.subarray(at, at + size));
        const decoded = partsOf(shorten(eventsOf([...chunks, null], {}, BOUNDARY)));
        expect(decoded).toEqual(
          list.map(({ name, filename, content }) => [
            name,
            ...(filename === null ? [] : [filename]),
            textOf(content),
          ]),
        );
      }),
      { numRuns: 300 },
    );
  });
});
