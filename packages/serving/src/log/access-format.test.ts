import type { Environ } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../running/option-errors.ts';
import { compileAccessFormat } from './access-format.ts';
import type { AccessRecord } from './access-log.ts';

const RECORD: AccessRecord = {
  remoteAddr: '192.0.2.1',
  time: new Date(2026, 10, 21, 10, 0, 7).getTime(),
  method: 'GET',
  target: '/a%20b?c=1&d',
  protocol: 'HTTP/1.1',
  status: 200,
  bytes: 12,
  duration: 1_234.567_8,
  referrer: 'http://a.example/',
  userAgent: 'curl/8 "x"',
  environ: {
    HTTP_AUTHORIZATION: `Basic ${Buffer.from('ada:secret:s').toString('base64')}`,
    HTTP_X_REQUEST_ID: 'r 1',
    CONTENT_TYPE: 'text/plain',
    'myapp.user': 'Ada Byron',
    'myapp.count': 7,
    'myapp.object': { secret: true },
  } as unknown as Environ,
  responseHeaders: [
    ['X-Cache', 'hit'],
    ['x-cache', 'far'],
  ],
};

function line(format: string, changes: Partial<AccessRecord> = {}) {
  return compileAccessFormat(format)({ ...RECORD, ...changes });
}

describe('a format of the access log', () => {
  it('can be the combined format', () => {
    const format = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"';
    expect(line(format)).toMatch(
      /^192\.0\.2\.1 - ada \[21\/Nov\/2026:10:00:07 [+-]\d{4}\] "GET \/a%20b\?c=1&d HTTP\/1\.1" 200 12 "http:\/\/a\.example\/" "curl\/8 \\"x\\""$/,
    );
  });

  it.each([
    ['%(m)s %(U)s %(q)s %(H)s', 'GET /a%20b c=1&d HTTP/1.1'],
    ['%(T)s s %(M)s ms %(D)s us %(L)s', '1 s 1234 ms 1234568 us 1.234568'],
    ['%(B)s %(p)s', `12 <${process.pid}>`],
    ['%({x-request-id}i)s %({X-Request-Id}i)s', 'r\\x201 r\\x201'],
    ['"%({x-request-id}i)s" %({content-type}i)s', '"r 1" text/plain'],
    ['%({X-CACHE}o)s', 'hit,\\x20far'],
    ['"%({myapp.user}e)s" %({myapp.count}e)s', '"Ada Byron" 7'],
    ['100%% %(s)s%%', '100% 200%'],
    ['%(s)s\t%(B)s', '200\t12'],
  ])('%j writes %j', (format, expected) => {
    expect(line(format)).toBe(expected);
  });

  it('writes - for what is not there', () => {
    const nothing = {
      remoteAddr: '',
      target: '/',
      bytes: 0,
      referrer: undefined,
      userAgent: undefined,
      environ: { HTTP_AUTHORIZATION: 'Bearer x' } as Partial<Environ> as Environ,
    };
    expect(line('%(h)s %(u)s %(q)s %(b)s %(B)s %(f)s %(a)s', nothing)).toBe('- - - - 0 - -');
    expect(line('%({toString}e)s %({x}i)s %({x}o)s %({myapp.object}e)s')).toBe('- - - -');
  });

  it.each([
    ['%(y)s', "has '%(y)s', which is no atom. Atoms are %(h)s "],
    ['%(toString)s', "has '%(toString)s', which is no atom"],
    ['%({a}x)s', "has '%({a}x)s', which is no atom"],
    ['%()s', "has '%()s', which is no atom"],
    ['%(h)d', 'has a % that begins no atom'],
    ['%(s)s 100%', 'write %% for a % itself'],
    ['%({x_y}i)s', "no field has the name 'x_y'"],
    ['%({}o)s', "no field has the name ''"],
    ['jsn', 'not "jsn". Did you mean \'json\'?'],
    ['', 'a format with atoms such as'],
    ['100%%', 'a format with atoms such as'],
  ])('refuses %j', (format, message) => {
    expect(() => compileAccessFormat(format)).toThrow(OptionError);
    expect(() => compileAccessFormat(format)).toThrow(message);
  });

  it('lets no client end a line, a quotation or a column', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\n', '\r', '\x1b', '\x9b', '\u2028', '"', '\\', ' ') }),
    );
    const columns = compileAccessFormat(
      '%(h)s %(u)s %(m)s %(U)s %(q)s %(H)s %(f)s %(a)s %({x}i)s %({x}o)s %({x}e)s %(s)s',
    );
    const quotations = compileAccessFormat(
      '"%(h)s" "%(u)s" "%(r)s" "%(f)s" "%(a)s" "%({x}i)s" "%({x}o)s" "%({x}e)s" end',
    );
    fc.assert(
      fc.property(hostile, (value) => {
        const record: AccessRecord = {
          ...RECORD,
          ...{ remoteAddr: value, method: value, target: value, protocol: value },
          ...{ referrer: value, userAgent: value, responseHeaders: [['x', value]] },
          environ: {
            HTTP_AUTHORIZATION: `Basic ${Buffer.from(value).toString('base64')}`,
            HTTP_X: value,
            x: value,
          } as unknown as Environ,
        };
        expect(columns(record)).toMatch(
          /^(?:[^\s"\x00-\x1f\x7f-\x9f]|\\")+(?: (?:[^\s"\x00-\x1f\x7f-\x9f]|\\")+){11}$/,
        );
        expect(quotations(record)).toMatch(
          /^(?:"(?:[^"\\\x00-\x1f\x7f-\x9f\u2028]|\\.)*" ){8}end$/,
        );
      }),
    );
  });
});
