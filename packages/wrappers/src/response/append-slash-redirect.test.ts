import type { Environ } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidStatusError } from '../errors/wrapper-errors.ts';
import { environFromValues } from '../from-values/environ-from-values.ts';
import { Request } from '../request/request.ts';
import { testEnviron } from '../testing/environ.ts';
import { appendSlashRedirect } from './append-slash-redirect.ts';

/** Where a browser goes from `url` that is answered for `environ`. */
function follow(url: string, environ: Environ): string {
  return new URL(appendSlashRedirect(environ).location!, url).href;
}

describe('appendSlashRedirect', () => {
  it.each([
    ['/foo', 'foo/'],
    ['/foo/bar', 'bar/'],
    ['/foo?a=1&b=%20', 'foo/?a=1&b=%20'],
    ['/foo/', './'],
    ['/', './'],
    ['/a%20b%3F', 'a%20b%3F/'],
    ['/%C3%BC', '%C3%BC/'],
    ['/100%25', '100%25/'],
    ['/a:b', './a:b/'],
    ['//evil.example', 'evil.example/'],
  ])('of %s leads to %s', (path, location) => {
    const response = appendSlashRedirect(environFromValues({ path }));
    expect(response.statusCode).toBe(308);
    expect(response.location).toBe(location);
  });

  it('takes a request as well as its environ', () => {
    expect(appendSlashRedirect(Request.fromValues({ path: '/foo' })).location).toBe('foo/');
  });

  it('takes another code, and refuses one that does not redirect', () => {
    expect(appendSlashRedirect(environFromValues({ path: '/a' }), 301).statusCode).toBe(301);
    expect(() => appendSlashRedirect(environFromValues({ path: '/a' }), 200)).toThrow(
      InvalidStatusError,
    );
  });

  it('appends to what the browser sees: an escaped slash, a mounted application', () => {
    const escaped = environFromValues({ path: '/a%2Fb' });
    expect(follow('http://app.example/a%2Fb', escaped)).toBe('http://app.example/a%2Fb/');
    const mounted = environFromValues({
      baseUrl: 'http://app.example/app',
      environ: { PATH_INFO: '', REQUEST_URI: '/app' },
    });
    expect(follow('http://app.example/app', mounted)).toBe('http://app.example/app/');
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          ...['/', '\\', ':', '\t', '\n', '\r', ' ', '%', '%2F', '%5C', '.', '..', '@', '?', '#'],
          ...[
            'http',
            'https:',
            'javascript:',
            'data:',
            'evil.example',
            '\0',
            'ä',
            '\ud800',
            '[',
            ']',
          ],
        ),
        { maxLength: 8 },
      )
      .map((pieces) => pieces.join('')),
  );
  const sites = ['http://app.example', 'https://app.example:8443'];

  it('never leaves the site, whatever path and query are', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, query, target) => {
        const environ = testEnviron({ path: `/${path}`, query });
        for (const uri of [environ.REQUEST_URI, `/${target}`]) {
          environ.REQUEST_URI = uri;
          const { location } = appendSlashRedirect(environ);
          expect(location).not.toMatch(/[\r\n]/);
          for (const site of sites) {
            expect(new URL(location!, `${site}/a/b`).origin).toBe(site);
            expect(new URL(location!, `${site}//evil.example`).origin).toBe(site);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('leads to the path with a slash, where a URL can have that path', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { pathname, href, origin } = new URL(
          `http://app.example/${text.toWellFormed().replace(/[?#]/g, '')}`,
        );
        fc.pre(!pathname.endsWith('/') && origin === 'http://app.example');
        const after = new URL(follow(href, environFromValues({ path: pathname }))).pathname;
        expect(after.replaceAll('%5B', '[').replaceAll('%5D', ']')).toBe(`${pathname}/`);
      }),
    );
  });
});
