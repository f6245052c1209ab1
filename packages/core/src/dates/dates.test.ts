import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpAge, parseAge } from './age.ts';
import { httpDate } from './http-date.ts';
import { parseDate } from './parse-date.ts';

const MOMENT = '1994-11-06T08:49:37.000Z';

function iso(text: string): string | null {
  return parseDate(text)?.toISOString() ?? null;
}

describe('parseDate', () => {
  it.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun, 06-Nov-1994 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Nov 6 08:49:37 1994',
    'Sun Nov 6 08:49:37 GMT 1994',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    '06 Nov 1994 08:49:37 GMT',
    'sun, 06 nov 1994 08:49:37 gmt',
    'Sun,06 November 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 Z',
    'Sun, 06 Nov 1994 08:49:37 -0000',
    'Sun, 06 Nov 1994 10:49:37 +0200',
    'Sun, 06 Nov 1994 10:49:37+0200',
    'Sun, 06 Nov 1994 03:49:37 EST',
    '  Sun, 06 Nov 1994\t08:49:37 GMT ',
  ])('reads %j', (text) => {
    expect(iso(text)).toBe(MOMENT);
  });

  it('takes the last century for 69 to 99, and this one for the others', () => {
    expect(iso('Thu, 06-Nov-69 08:49:37 GMT')).toBe('1969-11-06T08:49:37.000Z');
    expect(iso('Tue, 06-Nov-68 08:49:37 GMT')).toBe('2068-11-06T08:49:37.000Z');
    expect(iso('Mon, 06-Nov-00 08:49:37 GMT')).toBe('2000-11-06T08:49:37.000Z');
  });

  it.each([
    '',
    'foo',
    'Sun, 06 Nov 1994',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 nan 1994 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 31 Nov 1994 08:49:37 GMT',
    'Mon, 29 Feb 2015 23:59:59 GMT',
    'Thu, 29 Feb 1900 23:59:59 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:60 GMT',
    'Sun, 06 Nov 1994 08:49:+7 GMT',
    'Sun, 06 Nov 0000 08:49:37 GMT',
    'Sun, 06 Nov 19945 08:49:37 GMT',
    'Sun, 06 Nov 99999999999 08:49:37 GMT',
    'Sun, 99999999999 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 +9900',
    'Sun, 06 Nov 1994 08:49:37 +02:00',
    'Sun, 06 Nov 1994 08:49:37 GMT GMT GMT',
    '1994-11-06T08:49:37Z',
    '784111777',
    '--',
    ':::::',
  ])('gives null for %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it('gives null for nothing', () => {
    expect(parseDate(null)).toBeNull();
    expect(parseDate(undefined)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => iso(text) === null || iso(text) !== ''));
    const word = fc.constantFrom(
      'Sun',
      ',',
      '06',
      'Nov',
      '1994',
      '08:49:37',
      'GMT',
      '-',
      '+1',
      ' ',
    );
    const words = fc.array(word, { maxLength: 9 });
    fc.assert(fc.property(words, (parts) => iso(parts.join(' ')) !== ''));
  });
});

describe('httpDate', () => {
  it('writes an IMF-fixdate of a date or of seconds', () => {
    expect(httpDate(new Date(MOMENT))).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
    expect(httpDate(0)).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(httpDate(-1)).toBe('Wed, 31 Dec 1969 23:59:59 GMT');
    expect(httpDate(1356994800.9)).toBe('Mon, 31 Dec 2012 23:00:00 GMT');
    expect(httpDate(new Date('0001-01-01T00:00:00Z'))).toBe('Mon, 01 Jan 0001 00:00:00 GMT');
  });

  it('writes the current time without an argument', () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const written = parseDate(httpDate())!.getTime();
    expect(written).toBeGreaterThanOrEqual(before);
    expect(written).toBeLessThanOrEqual(Date.now());
    expect(httpDate(null)).toMatch(/GMT$/);
  });

  it('refuses what no header can hold', () => {
    for (const date of [Number.NaN, new Date(Number.NaN), 1e12, -1e12, Number.POSITIVE_INFINITY]) {
      expect(() => httpDate(date)).toThrow(InvalidHeaderError);
    }
    expect(() => httpDate(new Date('0000-12-31T23:59:59Z'))).toThrow(/year 1/);
  });

  it('writes what parseDate reads, and what Date does', () => {
    const dates = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        const text = httpDate(date);
        expect(text).toBe(date.toUTCString());
        expect(parseDate(text)!.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
        expect(parseDate(text.toLowerCase())).toEqual(parseDate(text));
      }),
    );
  });
});

describe('parseAge and dumpAge', () => {
  it('read and write seconds', () => {
    expect(parseAge('1296000')).toBe(1_296_000);
    expect(parseAge(' 7 ')).toBe(7);
    expect(dumpAge(60)).toBe('60');
    expect(dumpAge(5.9)).toBe('5');
    expect(dumpAge(null)).toBeNull();
    const seconds = fc.integer({ min: 0, max: 1e15 - 1 });
    fc.assert(fc.property(seconds, (number) => parseAge(dumpAge(number)) === number));
  });

  it('read nothing but digits', () => {
    for (const text of ['', '-1', '+1', '5.5', '1e3', '0x10', '1_0', '١', '1 2', '9'.repeat(16)]) {
      expect(parseAge(text)).toBeNull();
    }
    expect(parseAge(null)).toBeNull();
  });

  it('write nothing that cannot be read', () => {
    for (const seconds of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e15]) {
      expect(() => dumpAge(seconds)).toThrow(InvalidHeaderError);
    }
  });
});
