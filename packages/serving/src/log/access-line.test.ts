import type { Environ } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessFormatter } from './access-line.ts';
import type { AccessLogOption, AccessRecord } from './access-log.ts';
import { coloured } from './colour.ts';

const RECORD: AccessRecord = {
  remoteAddr: '127.0.0.1',
  time: new Date(2026, 10, 21, 10, 0, 7).getTime(),
  method: 'GET',
  target: '/?a=1',
  protocol: 'HTTP/1.1',
  status: 200,
  bytes: 12,
  duration: 1.23456,
  referrer: undefined,
  userAgent: undefined,
  environ: { HTTP_COOKIE: 'secret' } as Partial<Environ> as Environ,
  responseHeaders: [['Set-Cookie', 'secret']],
};

const CONTROL = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

function line(option: AccessLogOption, changes: Partial<AccessRecord> = {}) {
  return accessFormatter(option)!({ ...RECORD, ...changes });
}

describe('accessFormatter', () => {
  it('writes the common format with the local time and its zone', () => {
    expect(line('common')).toMatch(
      /^127\.0\.0\.1 - - \[21\/Nov\/2026:10:00:07 [+-]\d{4}\] "GET \/\?a=1 HTTP\/1\.1" 200 12$/,
    );
    expect(line(true)).toBe(line('common'));
  });

  it('writes - for an unknown address and for no octets', () => {
    expect(line('common', { remoteAddr: '', bytes: 0, status: 304 })).toMatch(/^- - - .* 304 -$/);
  });

  it('writes referrer and user agent in the combined format', () => {
    const changes = { referrer: 'http://a.example/', userAgent: 'curl/8 "x"' };
    expect(line('combined', changes)).toMatch(/ 200 12 "http:\/\/a\.example\/" "curl\/8 \\"x\\""$/);
    expect(line('combined')).toMatch(/ 200 12 "-" "-"$/);
  });

  it('writes JSON with the time in UTC', () => {
    expect(JSON.parse(line('json', { userAgent: 'a"b\\c\x9b' }))).toEqual({
      ...RECORD,
      environ: undefined,
      responseHeaders: undefined,
      time: new Date(RECORD.time).toISOString(),
      duration: 1.235,
      referrer: undefined,
      userAgent: 'a"b\\c\x9b',
    });
  });

  it('gives a function the record, and escapes controls in its line', () => {
    expect(line((record) => `${record.status} "\x1b[2J\n`)).toBe('200 "\\x1b[2J\\x0a');
  });

  it('is nothing when no log is wanted', () => {
    expect(accessFormatter(false)).toBeUndefined();
  });

  it('keeps a client from ending a line, a quotation or a field', () => {
    const changes = { remoteAddr: '1.1.1.1 - x', target: '/"\\\r\n\u202e\u2028\x85\x7f' };
    expect(line('common', changes)).toContain(
      '"GET /\\"\\\\\\x0d\\x0a\\u202e\\u2028\\x85\\x7f HTTP/1.1"',
    );
    expect(line('common', changes)).toMatch(/^1\.1\.1\.1\\x20-\\x20x - - /);
  });

  it.each(['common', 'combined', 'json'] as const)('has no control in any %s line', (format) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\n', '\x1b', '\x9b', '\u2028', '\u202e', '"', '\\', 'a'),
      }),
    );
    fc.assert(
      fc.property(text, text, text, text, (remoteAddr, method, target, userAgent) => {
        expect(line(format, { remoteAddr, method, target, userAgent })).not.toMatch(CONTROL);
      }),
    );
  });

  it.each([
    [101, '\x1b[1m"GET'],
    [200, ' "GET'],
    [302, '\x1b[32m"GET'],
    [304, '\x1b[36m"GET'],
    [404, '\x1b[33m"GET'],
    [403, '\x1b[1m\x1b[31m"GET'],
    [500, '\x1b[1m\x1b[35m"GET'],
  ])('colours status %i on a terminal', (status, expected) => {
    const text = accessFormatter('common', coloured)!({ ...RECORD, status });
    expect(text).toContain(expected);
    expect(text).toContain(`HTTP/1.1"${status === 200 ? ' ' : '\x1b['}`);
  });
});
