import { BadRequest, RequestEntityTooLarge } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import {
  decodeMultipart,
  octetsOf,
  oneField,
  onePart,
  partsOf,
} from '../testing/decode-multipart.ts';
import { MultipartDecoder } from './multipart-decoder.ts';

const part = (data: string, filename = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="a"${filename}\r\n\r\n${data}\r\n`;

/** A header whose fields and newlines have so many octets. */
const headerOf = (size: number): string => {
  const disposition = 'Content-Disposition: form-data; name="a"\r\nX: ';
  return disposition + 'y'.repeat(size - disposition.length - 2);
};

function refused(body: string | readonly string[], options = {}): RequestEntityTooLarge {
  try {
    decodeMultipart(body, options);
  } catch (error) {
    expect(error).toBeInstanceOf(RequestEntityTooLarge);
    return error as RequestEntityTooLarge;
  }
  throw new Error('It was not refused.');
}

describe('maxParts', () => {
  it('is 1,000', () => {
    expect(partsOf(decodeMultipart(`${part('1').repeat(1_000)}--b--`))).toHaveLength(1_000);
    expect(refused(`${part('1').repeat(1_001)}--b--`).description).toBe(
      'The form has more than 1000 parts.',
    );
  });

  it('counts files as well, and before their headers are parsed', () => {
    const body = `${part('1')}${part('2', '; filename="f"')}--b--`;
    expect(partsOf(decodeMultipart(body, { maxParts: 2 }))).toHaveLength(2);
    refused(body, { maxParts: 1 });
    refused(`${part('1')}--b\r\nX`, { maxParts: 1 });
  });
});

describe('maxFormMemorySize', () => {
  it('is 500,000', () => {
    expect(partsOf(decodeMultipart(oneField('x'.repeat(500_000))))).toHaveLength(1);
    expect(refused(oneField('x'.repeat(500_001))).description).toBe(
      'The fields of the form have more than 500000 bytes.',
    );
  });

  it('is for all fields together, and not for files', () => {
    const body = `${part('12')}${part('1234567', '; filename="f"')}${part('345')}--b--`;
    expect(partsOf(decodeMultipart(body, { maxFormMemorySize: 5 }))).toHaveLength(3);
    refused(body, { maxFormMemorySize: 4 });
    refused([...body], { maxFormMemorySize: 4 });
  });

  it('holds while a field comes in, before it is known where that ends', () => {
    const decoder = new MultipartDecoder('b', { maxFormMemorySize: 10 });
    decoder.receiveData(octetsOf(part('12345').slice(0, -2)));
    while (decoder.nextEvent());
    decoder.receiveData(octetsOf('678901'));
    expect(() => decoder.nextEvent()).toThrow(RequestEntityTooLarge);
  });
});

describe('maxPartHeaderSize', () => {
  it('is 16,384', () => {
    expect(partsOf(decodeMultipart(onePart(headerOf(16_384), '')))).toEqual([['a', '']]);
    expect(refused(onePart(headerOf(16_385), '')).description).toBe(
      'A part of the form data has a header of more than 16384 bytes.',
    );
  });

  it('is the same wherever the body is cut', () => {
    const limit = { maxPartHeaderSize: 100 };
    for (const size of [99, 100]) {
      expect(partsOf(decodeMultipart([...onePart(headerOf(size), '')], limit))).toHaveLength(1);
    }
    refused([...onePart(headerOf(101), '')], limit);
    const [start, rest] = ['--b\r\nX', `: ${'y'.repeat(10_000)}`];
    refused([start, rest], limit);
    refused([start + rest], limit);
  });

  it('lets headers be of any size as Infinity', () => {
    const options = { maxPartHeaderSize: Number.POSITIVE_INFINITY };
    expect(partsOf(decodeMultipart(onePart(headerOf(100_000), ''), options))).toHaveLength(1);
    const pieces = onePart(headerOf(100_000), '').match(/.{1,1000}/gs) ?? [];
    expect(partsOf(decodeMultipart(pieces, options))).toHaveLength(1);
  });
});

describe('maxPartHeaders', () => {
  const fields = (count: number): string =>
    `Content-Disposition: form-data; name="a"${'\r\nX: y'.repeat(count - 1)}`;

  it('is 100', () => {
    expect(partsOf(decodeMultipart(onePart(fields(100), '')))).toHaveLength(1);
    expect(refused(onePart(fields(101), '')).description).toBe(
      'A part of the form data has more than 100 header fields.',
    );
  });

  it('holds for the headers that browsers send as well', () => {
    const file = onePart(
      'Content-Disposition: form-data; name="a"; filename="f"\r\nContent-Type: text/plain',
      '',
    );
    expect(partsOf(decodeMultipart(file, { maxPartHeaders: 2 }))).toHaveLength(1);
    refused(file, { maxPartHeaders: 1 });
    refused(oneField(''), { maxPartHeaders: 0 });
  });
});

describe('the limits', () => {
  it.each([Number.NaN, -1])('have to be numbers of at least 0: %s is none', (value) => {
    for (const name of ['maxFormMemorySize', 'maxParts', 'maxPartHeaderSize', 'maxPartHeaders']) {
      expect(() => new MultipartDecoder('b', { [name]: value })).toThrow(`${name} is ${value}`);
    }
  });

  it('have their defaults where they are undefined', () => {
    refused(oneField('x'.repeat(500_001)), { maxFormMemorySize: undefined });
  });

  it('are finite for the boundary, which is what is kept between chunks', () => {
    const longest = 'x'.repeat(200);
    expect(partsOf(decodeMultipart(`--${longest}--`, {}, longest))).toEqual([]);
    for (const boundary of [`${longest}x`, '', 'a ', 'ü', 'a\r\nb', 'a\tb', 'a\x00']) {
      expect(() => new MultipartDecoder(boundary), JSON.stringify(boundary)).toThrow(BadRequest);
    }
  });
});
