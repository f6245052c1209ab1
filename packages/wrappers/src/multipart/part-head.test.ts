import { BadRequest } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import {
  decodeMultipart,
  eventsOf,
  octetsOf,
  onePart,
  partsOf,
} from '../testing/decode-multipart.ts';
import type { FieldEvent, FileEvent } from './multipart-events.ts';

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

/** The name of a part, and that of its file. */
function namesOf(...header: readonly string[]): string[] {
  return partsOf(decodeMultipart(onePart(header.join('\r\n'), 'x')))[0]!.slice(0, -1);
}

/** The fields of a part's header. */
function headersOf(...header: readonly string[]): [string, string][] {
  const events = eventsOf([octetsOf(onePart(header.join('\r\n'), '')), null]);
  const start = events.find(({ type }) => type === 'field' || type === 'file');
  return [...(start as FieldEvent | FileEvent).headers] as [string, string][];
}

const disposition = (parameters: string): string => `Content-Disposition: form-data; ${parameters}`;

describe('the names of a part', () => {
  it('are read as browsers write them', () => {
    expect(namesOf(disposition('name="a b;c"'))).toEqual(['a b;c']);
    expect(namesOf(disposition('name=""'))).toEqual(['']);
    expect(namesOf(disposition('name="f"; filename="a;b.txt"'))).toEqual(['f', 'a;b.txt']);
    expect(namesOf(disposition('name="f"; filename=""'), 'Content-Type: a/b')).toEqual(['f', '']);
  });

  it('are read however the header is written', () => {
    expect(namesOf('content-DISPOSITION:Form-Data;NAME=f;FileName=x.txt')).toEqual(['f', 'x.txt']);
    expect(namesOf('X: y', disposition('filename="x"; name="f"'))).toEqual(['f', 'x']);
    expect(namesOf(disposition('name="f"; filename="x"; size=3'))).toEqual(['f', 'x']);
    expect(namesOf(disposition('name="f"; filename="x"'), 'Content-Type: ü', 'X: y')).toEqual([
      'f',
      'x',
    ]);
    expect(namesOf('Content-Disposition: form-data;', ' name="f";', '\tfilename="x"')).toEqual([
      'f',
      'x',
    ]);
  });

  it('have quotes and backslashes as they were sent, and paths whole', () => {
    expect(namesOf(disposition('name="a%22b"; filename="c%22d"'))).toEqual(['a"b', 'c"d']);
    expect(namesOf(disposition('name="a\\"b"; filename="c\\\\d"'))).toEqual(['a"b', 'c\\d']);
    expect(namesOf(disposition('name="f"; filename="C:\\dir\\x.txt"'))).toEqual([
      'f',
      'C:\\dir\\x.txt',
    ]);
  });

  it('can end with a backslash, which browsers send as it is', () => {
    expect(namesOf(disposition('name="a\\"'))).toEqual(['a\\']);
    expect(namesOf(disposition('name="f"; filename="a\\"'))).toEqual(['f', 'a\\']);
    expect(namesOf(disposition('name="a\\"; filename="b\\"'))).toEqual(['a\\', 'b\\']);
    expect(namesOf(disposition('name="\\\\\\"; filename=""'))).toEqual(['\\\\', '']);
    // By other clients, where a quote within the value shows that backslashes escape.
    expect(namesOf(disposition('name="a\\"; filename=\\"b"'))).toEqual(['a"; filename="b']);
    expect(namesOf(disposition('name="f"; filename="a\\"b\\""'))).toEqual(['f', 'a"b"']);
    expect(namesOf(disposition('name="f"; filename="a\\\\"'))).toEqual(['f', 'a\\']);
  });

  it('are UTF-8, or say what they are', () => {
    expect(namesOf(disposition(utf8('name="ü"; filename="日本☃.txt"')))).toEqual([
      'ü',
      '日本☃.txt',
    ]);
    expect(namesOf(disposition("name=f; filename*=iso-8859-1'en'%A3%20rates"))).toEqual([
      'f',
      '£ rates',
    ]);
    expect(
      namesOf(disposition('name=f; filename*0*=UTF-8\'\'%E2%98%83; filename*1=".txt"')),
    ).toEqual(['f', '☃.txt']);
  });

  it.each([
    ['no Content-Disposition', 'Content-Type: text/plain'],
    ['more than one', disposition('name="a"'), disposition('name="b"')],
    ['not form-data with a name', 'Content-Disposition: form-data'],
    ['not form-data with a name', disposition('filename="x"')],
    ['not form-data with a name', 'Content-Disposition: attachment; name="a"'],
    ['not in UTF-8', disposition('name="\xfc"')],
    ['control character', disposition('name="a\x00"')],
    ['control character', disposition('name="a\rb"')],
    ['control character', disposition('name="a"; filename="b\nc"')],
    ['control character', disposition('name="a"'), 'Content-Type: text\x7f/plain'],
    ['without a field name', disposition('name="a"'), 'X'],
    ['without a field name', disposition('name="a"'), ': y'],
    ['without a field name', disposition('name="a"'), 'X : y'],
    ['begins with a blank', ` ${disposition('name="a"')}`],
  ])('are an error where there is %s', (message, ...header) => {
    const body = onePart(header.join('\r\n'), 'x');
    expect(() => decodeMultipart(body)).toThrow(BadRequest);
    expect(() => decodeMultipart(body)).toThrow(message);
  });

  it('are an error where there is no header at all', () => {
    expect(() => decodeMultipart('--b\r\n\r\ndata\r\n--b--')).toThrow('no Content-Disposition');
  });
});

describe('the headers of a part', () => {
  it('are fields in order, in their case, repeated ones as well', () => {
    expect(headersOf(disposition('name="a"'), 'X-One:  1 ', 'x-two:\t2', 'X-One: 3')).toEqual([
      ['Content-Disposition', 'form-data; name="a"'],
      ['X-One', '1'],
      ['x-two', '2'],
      ['X-One', '3'],
    ]);
  });

  it('have folded lines as one', () => {
    expect(headersOf('Content-Disposition: form-data;', '  name="a"', 'X: 1', '\t2', ' ')).toEqual([
      ['Content-Disposition', 'form-data;  name="a"'],
      ['X', '1 2'],
    ]);
  });

  it('have a code unit for each octet, as everywhere', () => {
    expect(headersOf(disposition(utf8('name="ü"')))).toEqual([
      ['Content-Disposition', utf8('form-data; name="ü"')],
    ]);
  });

  it('are made once, and are the same however often they are asked for', () => {
    const events = eventsOf([octetsOf(onePart(disposition('name="a"; filename="x"'), '')), null]);
    const { headers } = events[1] as FileEvent;
    headers.set('X', 'y');
    expect((events[1] as FileEvent).headers).toBe(headers);
    expect(headers.get('content-disposition')).toBe('form-data; name="a"; filename="x"');
  });
});
