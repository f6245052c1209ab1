import {
  ContentDisposition,
  HeaderSet,
  InvalidHeaderError,
  Link,
  WWWAuthenticate,
} from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { serve } from '../testing/environ.ts';
import { Response } from './response.ts';

/** A response with one field. */
function withField(name: string, value: string): Response {
  return new Response(null, { headers: { [name]: value } });
}

describe('a structured header of a response', () => {
  it('is sent as it was changed', async () => {
    const response = new Response('x');
    response.cacheControl.public = true;
    response.cacheControl.maxAge = 60;
    response.vary.add('Cookie').add('Accept').add('cookie');
    const { headers } = await serve(response);
    expect(headers['Cache-Control']).toBe('public, max-age=60');
    expect(headers['Vary']).toBe('Cookie, Accept');
  });

  it('shows what was set by hand', () => {
    const response = new Response();
    response.cacheControl.maxAge = 60;
    response.headers.set('Cache-Control', 'no-store');
    expect(response.cacheControl.noStore).toBe(true);
    expect(response.cacheControl.maxAge).toBeNull();
  });

  it('is the same object as long as nobody else changes the field', () => {
    const response = new Response();
    const { cacheControl, vary } = response;
    cacheControl.maxAge = 1;
    vary.add('Cookie');
    expect(response.cacheControl).toBe(cacheControl);
    expect(response.vary).toBe(vary);
    response.headers.set('Vary', 'Accept');
    expect(response.vary).not.toBe(vary);
    expect([...response.vary]).toEqual(['Accept']);
  });

  it('is no field while it is empty', () => {
    const response = withField('Allow', 'GET');
    response.allow.discard('get');
    expect(response.headers.has('Allow')).toBe(false);
    response.allow.add('PUT');
    expect(response.headers.get('Allow')).toBe('PUT');
  });

  it('reads the lines of a list as one, and writes one', () => {
    const response = new Response(null, { headers: { Vary: ['A', 'B'] } });
    expect([...response.vary]).toEqual(['A', 'B']);
    response.vary.add('C');
    expect(response.headers.getlist('Vary')).toEqual(['A, B, C']);
  });

  it('can be set to text, to an object, to members, and to nothing', () => {
    const response = new Response();
    response.allow = 'GET';
    expect(response.headers.get('Allow')).toBe('GET');
    response.allow = new HeaderSet(['PUT']);
    expect(response.headers.get('Allow')).toBe('PUT');
    response.allow = ['GET', 'POST'];
    expect(response.headers.get('Allow')).toBe('GET, POST');
    for (const nothing of [null, undefined, '']) {
      response.allow = 'GET';
      response.allow = nothing;
      expect(response.headers.has('Allow')).toBe(false);
    }
  });

  it('refuses what cannot be sent, and is not spoilt by it', () => {
    const response = withField('Cache-Control', 'max-age=1');
    expect(() => response.cacheControl.set('a b', null)).toThrow(InvalidHeaderError);
    expect(() => (response.cacheControl.private = 'a\r\nSet-Cookie: b')).toThrow(
      InvalidHeaderError,
    );
    expect(response.headers.get('Cache-Control')).toBe('max-age=1');
    response.cacheControl.maxAge = 2;
    expect(response.headers.get('Cache-Control')).toBe('max-age=2');
    expect(() => (response.vary = 'a\nb')).toThrow(InvalidHeaderError);
  });

  it('is one for responses that share their headers', () => {
    const { headers } = new Response();
    const [one, other] = [new Response('', { headers }), new Response('', { headers })];
    one.vary.add('Cookie');
    expect(other.vary.has('cookie')).toBe(true);
  });

  it('says what the field says, whatever is done to either', () => {
    const name = fc.constantFrom('Accept', 'Cookie', 'Origin', 'accept');
    const step = fc.oneof(
      name.map((text) => (response: Response) => void response.vary.add(text)),
      name.map((text) => (response: Response) => response.vary.discard(text)),
      name.map((text) => (response: Response) => response.headers.set('Vary', text)),
      fc.constant((response: Response) => response.vary.clear()),
      fc.constant((response: Response) => response.headers.remove('Vary')),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const response = new Response();
        for (const change of steps) {
          change(response);
          expect(response.vary.toHeader()).toBe(response.headers.get('Vary', ''));
        }
      }),
    );
  });
});

describe('a plain header of a response', () => {
  it('is undefined while it is missing, and removed by undefined or null', () => {
    const response = new Response();
    const names = [
      'acceptRanges',
      'age',
      'contentEncoding',
      'contentLocation',
      'date',
      'expires',
      'lastModified',
      'location',
      'retryAfter',
    ] as const;
    for (const name of names) expect(response[name]).toBeUndefined();
    response.age = 3;
    response.contentEncoding = 'gzip';
    response.date = 0;
    response.age = null;
    response.contentEncoding = undefined;
    response.date = null;
    expect([...response.headers.keys()]).toEqual(['Content-Type']);
  });

  it('holds whole seconds', () => {
    const response = new Response();
    response.age = 90.9;
    expect(response.headers.get('Age')).toBe('90');
    expect(() => (response.age = -1)).toThrow(InvalidHeaderError);
    expect(withField('Age', 'x').age).toBeUndefined();
  });

  it('holds a date', () => {
    const response = new Response();
    for (const name of ['date', 'expires', 'lastModified'] as const) {
      response[name] = new Date('2020-01-02T03:04:05.678Z');
      expect(response[name]).toEqual(new Date('2020-01-02T03:04:05Z'));
      response[name] = 60;
      expect(response[name]).toEqual(new Date(60_000));
    }
    expect(response.headers.get('Last-Modified')).toBe('Thu, 01 Jan 1970 00:01:00 GMT');
    expect(withField('Expires', '0').expires).toBeUndefined();
  });

  it('tells of seconds after which to retry as a time', () => {
    vi.useFakeTimers({ now: 1000 });
    const response = new Response();
    response.retryAfter = 60;
    expect(response.headers.get('Retry-After')).toBe('60');
    expect(response.retryAfter).toEqual(new Date(61_000));
    response.retryAfter = new Date(5000);
    expect(response.headers.get('Retry-After')).toBe('Thu, 01 Jan 1970 00:00:05 GMT');
    expect(response.retryAfter).toEqual(new Date(5000));
    expect(withField('Retry-After', '999999999999999').retryAfter).toBeUndefined();
    vi.useRealTimers();
  });

  it('has a location of the content that is sent as ASCII', async () => {
    const response = new Response();
    response.contentLocation = '/ü☃';
    expect((await serve(response)).headers['Content-Location']).toBe('/%C3%BC%E2%98%83');
  });
});

describe('mimetypeParams', () => {
  it('change the Content-Type', () => {
    const response = new Response('', { contentType: 'Text/X; A=1; b="c d"' });
    expect(Object.fromEntries(response.mimetypeParams)).toEqual({ a: '1', b: 'c d' });
    response.mimetypeParams.set('b', 'e"f');
    response.mimetypeParams.delete('a');
    expect(response.contentType).toBe('Text/X; b="e\\"f"');
    expect(response.mimetype).toBe('Text/X');
  });

  it('need a media type', () => {
    const response = new Response();
    response.contentType = undefined;
    expect(() => response.mimetypeParams.set('a', '1')).toThrow(/set `mimetype` first/);
    expect(response.mimetypeParams.size).toBe(0);
  });
});

describe('contentRange', () => {
  it('is there from the start, and empty', () => {
    const response = new Response();
    expect(response.contentRange.isEmpty).toBe(true);
    response.contentRange.set(0, 10, 100);
    expect(response.headers.get('Content-Range')).toBe('bytes 0-9/100');
    response.contentRange.unset();
    expect(response.headers.has('Content-Range')).toBe(false);
  });
});

describe('wwwAuthenticate', () => {
  it('is one challenge, or a list of them', () => {
    const response = new Response();
    expect(response.wwwAuthenticate).toBeUndefined();
    response.wwwAuthenticate = new WWWAuthenticate('basic', { realm: 'a' });
    expect(response.headers.getlist('WWW-Authenticate')).toEqual(['Basic realm=a']);
    response.wwwAuthenticate = [
      new WWWAuthenticate('basic', { realm: 'a' }),
      new WWWAuthenticate('bearer', { realm: 'b' }),
    ];
    expect(response.headers.getlist('WWW-Authenticate')).toEqual([
      'Basic realm=a',
      'Bearer realm=b',
    ]);
    response.wwwAuthenticate = [];
    expect(response.headers.has('WWW-Authenticate')).toBe(false);
  });

  it('changes the first challenge and leaves the others', () => {
    const response = new Response(null, {
      headers: { 'WWW-Authenticate': ['Basic realm=a', 'Bearer'] },
    });
    response.wwwAuthenticate!.realm = 'c';
    expect(response.headers.getlist('WWW-Authenticate')).toEqual(['Basic realm=c', 'Bearer']);
  });
});

describe('other fields with parts', () => {
  it('has a disposition', () => {
    const response = new Response();
    expect(response.contentDisposition).toBeUndefined();
    response.contentDisposition = new ContentDisposition('attachment', { filename: 'a b.txt' });
    response.contentDisposition!.type = 'inline';
    expect(response.headers.get('Content-Disposition')).toBe('inline; filename="a b.txt"');
  });

  it('has links, as a list', () => {
    const response = new Response();
    expect(response.link).toEqual([]);
    response.link = [new Link('/next', { rel: 'next' })];
    expect(response.headers.get('Link')).toBe('</next>; rel=next');
    response.link = [...response.link, new Link('/', { rel: 'start' })];
    expect(response.link.map(({ target }) => target)).toEqual(['/next', '/']);
    response.link = null;
    expect(response.headers.has('Link')).toBe(false);
  });

  it('has languages, timings, a priority and client hints', () => {
    const response = new Response();
    response.contentLanguage.add('de');
    response.serverTiming.add('db', { duration: 5 });
    response.priority.urgency = 1;
    response.acceptCH.add('Sec-CH-UA-Model');
    expect(Object.fromEntries(response.headers)).toEqual({
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Language': 'de',
      'Server-Timing': 'db;dur=5',
      Priority: 'u=1',
      'Accept-CH': 'Sec-CH-UA-Model',
    });
    response.priority.urgency = 3;
    expect(response.headers.has('Priority')).toBe(false);
  });
});
