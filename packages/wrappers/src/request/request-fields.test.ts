import { UserAgent } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testEnviron } from '../testing/environ.ts';
import { RequestFields } from './request-fields.ts';

const withHeaders = (headers: Record<string, string> = {}) =>
  new RequestFields(testEnviron({ headers }));

describe('the header fields of a request', () => {
  it('are parsed to what they mean', () => {
    const request = withHeaders({
      Accept: 'text/html;q=0.5, application/json',
      'Accept-Encoding': 'gzip, br;q=0.2',
      'Accept-Language': 'de-AT, en;q=0.8',
      'Cache-Control': 'no-cache, max-age=0',
      'If-Match': '"a"',
      'If-None-Match': 'W/"b", "c"',
      'If-Modified-Since': 'Sun, 06 Nov 1994 08:49:37 GMT',
      'If-Unmodified-Since': 'Mon, 07 Nov 1994 08:49:37 GMT',
      'If-Range': '"e"',
      Range: 'bytes=0-9',
      Authorization: 'Basic dXNlcjpwYXNz',
      Priority: 'u=1, i',
      Date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      'Max-Forwards': '10',
    });
    expect(request.acceptMimetypes.best).toBe('application/json');
    expect(request.acceptEncodings.quality('br')).toBe(0.2);
    expect(request.acceptLanguages.bestMatch(['en', 'de-AT'])).toBe('de-AT');
    expect(request.cacheControl.maxAge).toBe(0);
    expect(request.ifMatch.contains('a')).toBe(true);
    expect(request.ifNoneMatch.containsWeak('b')).toBe(true);
    expect(request.ifModifiedSince?.getUTCDate()).toBe(6);
    expect(request.ifUnmodifiedSince?.getUTCDate()).toBe(7);
    expect(request.ifRange.etag).toBe('e');
    expect(request.range?.ranges).toEqual([[0, 10]]);
    expect(request.authorization?.get('username')).toBe('user');
    expect(request.priority).toMatchObject({ urgency: 1, incremental: true });
    expect(request.date?.getUTCFullYear()).toBe(1994);
    expect(request.maxForwards).toBe(10);
  });

  it('tell where the request comes from', () => {
    const request = withHeaders({
      Referer: 'http://r/',
      Origin: 'http://o',
      'User-Agent': 'UA/1.0',
      'Access-Control-Request-Headers': 'X-A, X-B',
      'Access-Control-Request-Method': 'PUT',
      'Sec-Fetch-Site': 'same-origin',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-User': '?1',
      'Sec-Fetch-Dest': 'document',
      'Sec-CH-UA-Platform': '"Linux"',
    });
    expect(request.referrer).toBe('http://r/');
    expect(request.origin).toBe('http://o');
    expect(request.userAgent.string).toBe('UA/1.0');
    expect(request.accessControlRequestHeaders?.has('x-a')).toBe(true);
    expect(request.accessControlRequestMethod).toBe('PUT');
    expect(request.secFetchSite).toBe('same-origin');
    expect(request.secFetchMode).toBe('navigate');
    expect(request.secFetchUser).toBe(true);
    expect(request.secFetchDest).toBe('document');
    expect(request.clientHints.platform).toBe('Linux');
  });

  it('are undefined or empty where they are missing', () => {
    const request = withHeaders();
    const values = {
      ...pick(request, ['referrer', 'origin', 'contentType', 'contentLength', 'contentEncoding']),
      ...pick(request, ['date', 'maxForwards', 'range', 'authorization', 'ifModifiedSince']),
      ...pick(request, ['accessControlRequestHeaders', 'accessControlRequestMethod']),
      ...pick(request, ['secFetchSite', 'secFetchMode', 'secFetchDest', 'ifUnmodifiedSince']),
    };
    for (const [name, value] of Object.entries(values)) expect(value, name).toBeUndefined();
    expect(request.userAgent.string).toBe('');
    expect(request.mimetype).toBe('');
    expect(request.acceptMimetypes.provided).toBe(false);
    expect(request.secFetchUser).toBe(false);
    expect(request.ifNoneMatch.isEmpty).toBe(true);
    expect(request.priority.urgency).toBe(3);
  });

  it('are parsed once, be it to nothing', () => {
    const request = withHeaders({ Range: 'bytes=0-9' });
    expect(request.range).toBe(request.range);
    expect(request.userAgent).toBe(request.userAgent);
    expect(request.authorization).toBeUndefined();
    request.environ.HTTP_AUTHORIZATION = 'Bearer late';
    expect(request.authorization).toBeUndefined();
  });

  it('have the type and the length of the body', () => {
    const type = 'Text/HTML; Charset=utf-8; x="a; \\"b"';
    const headers = { 'Content-Type': type, 'Content-Encoding': 'gzip' };
    const request = new RequestFields(testEnviron({ body: 'abc', headers }));
    expect(request.contentType).toBe(type);
    expect(request.contentEncoding).toBe('gzip');
    expect(request.mimetype).toBe('text/html');
    expect(request.mimetypeParams).toEqual({ charset: 'utf-8', x: 'a; "b' });
    expect(request.contentLength).toBe(3);
    expect(withHeaders({ 'Content-Length': 'x' }).contentLength).toBe(0);
    const chunked = new RequestFields(testEnviron({ body: 'abc', chunked: true }));
    expect(chunked.contentLength).toBeUndefined();
  });

  it('tell JSON by the type', () => {
    const isJson = (type: string) => withHeaders({ 'Content-Type': type }).isJson;
    expect(isJson('application/json; charset=utf-8')).toBe(true);
    expect(isJson('application/problem+json')).toBe(true);
    expect(isJson('text/json')).toBe(false);
  });

  it('are read by a class of your own where it is for you to say', () => {
    class Phone extends UserAgent {
      override get platform() {
        return this.string.includes('Phone') ? 'phone' : null;
      }
    }
    class PhoneRequest extends RequestFields {
      static override userAgentClass = Phone;
    }
    const { environ } = withHeaders({ 'User-Agent': 'MyPhone' });
    expect(new PhoneRequest(environ).userAgent.platform).toBe('phone');
  });

  it('never throw, whatever is in them', () => {
    const getters = Object.entries(Object.getOwnPropertyDescriptors(RequestFields.prototype))
      .filter(([, { get }]) => get !== undefined)
      .map(([name]) => name as keyof RequestFields);
    const value = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.stringMatching(/^[bytes=0-9,;"\\ W/*qua%'\x80-\xff-]*$/),
      fc.constantFrom(
        '"',
        '=',
        ';;',
        ',',
        '9'.repeat(400),
        'bytes=-',
        'Basic %',
        '\0',
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(value, (text) => {
        const request = new RequestFields(everyField(text));
        for (const name of getters) void request[name];
      }),
    );
  });
});

/** An environ in which every field that is looked at has the same value. */
function everyField(value: string) {
  return new Proxy(testEnviron(), {
    get: (environ, key: string) =>
      /^(HTTP|CONTENT)_/.test(key) ? value : environ[key as `HTTP_${string}`],
  });
}

function pick<T, K extends keyof T>(object: T, names: readonly K[]): Partial<T> {
  const picked: Partial<T> = {};
  for (const name of names) picked[name] = object[name];
  return picked;
}
