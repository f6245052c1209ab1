import { ImmutableError, SecurityError } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { Response } from '../response/response.ts';
import { type TestRequest, testEnviron } from '../testing/environ.ts';
import { Request } from './request.ts';

const requestOf = (request?: TestRequest) => new Request(testEnviron(request));

describe('the URL of a request', () => {
  it('comes in all its parts', () => {
    const request = requestOf({
      scheme: 'https',
      root: '/app',
      path: '/bar',
      query: 'foo=baz',
      headers: { Host: 'example.com:8443' },
    });
    expect(request.url).toBe('https://example.com:8443/app/bar?foo=baz');
    expect(request.baseUrl).toBe('https://example.com:8443/app/bar');
    expect(request.rootUrl).toBe('https://example.com:8443/app/');
    expect(request.hostUrl).toBe('https://example.com:8443/');
    expect(request.host).toBe('example.com:8443');
    expect(request.path).toBe('/bar');
    expect(request.fullPath).toBe('/bar?foo=baz');
    expect(request.rootPath).toBe('/app');
    expect(request.scriptRoot).toBe('/app');
    expect(request.queryString).toBe('foo=baz');
    expect(request.scheme).toBe('https');
    expect(request.isSecure).toBe(true);
  });

  it('has one slash in front of the path and none behind the root', () => {
    const request = requestOf({ root: '/r//', path: '//double//x' });
    expect(request.path).toBe('/double//x');
    expect(request.rootPath).toBe('/r');
    expect(request.url).toBe('http://localhost/r/double//x');
    expect(requestOf({ path: '' }).path).toBe('/');
  });

  it('shows text beyond ASCII, and keeps what would change its meaning escaped', () => {
    const request = requestOf({ path: '/☃/a?b#c d', query: 'q=%E2%98%83%FF%26+%3C\xe9' });
    expect(request.url).toBe('http://localhost/☃/a%3Fb%23c%20d?q=☃%FF%26+%3C%e9');
    expect(new URL(request.url).searchParams.get('q')).toMatch(/^☃.*& </);
  });

  it('leaves the default port of the scheme out', () => {
    expect(requestOf({ headers: { Host: 'h:80' } }).url).toBe('http://h/');
    expect(requestOf({ scheme: 'https', headers: { Host: 'h:443' } }).host).toBe('h');
    expect(requestOf({ headers: { Host: 'h:443' } }).host).toBe('h:443');
  });

  it('takes no host that is malformed', () => {
    for (const host of ['app/x?', 'a:x@evil', 'a b', 'a:99999999']) {
      expect(requestOf({ headers: { Host: host } }).host).toBe('');
    }
  });

  it('takes no host but the trusted ones, by class or by request', () => {
    class Trusting extends Request {
      static override trustedHosts = ['.example.com'];
    }
    const good = new Trusting(testEnviron({ headers: { Host: 'a.example.com' } }));
    expect(good.host).toBe('a.example.com');
    const evil = new Trusting(testEnviron({ headers: { Host: 'evil.test' } }));
    expect(() => evil.url).toThrow(SecurityError);
    evil.trustedHosts = ['evil.test'];
    expect(evil.host).toBe('evil.test');
  });
});

describe('the head of a request', () => {
  it('has the method in upper case', () => {
    expect(requestOf({ method: 'patch' }).method).toBe('PATCH');
  });

  it('has the query as a dictionary that nobody can change', () => {
    const { args } = requestOf({ query: 'a=1&a=2&b=%E2%98%83&c' });
    expect(args.getlist('a')).toEqual(['1', '2']);
    expect([args.get('b'), args.get('c'), args.get('d')]).toEqual(['☃', '', undefined]);
    expect(() => args.set('a', '3')).toThrow(ImmutableError);
  });

  it('has header fields and cookies', () => {
    const request = requestOf({
      headers: {
        'X-Custom': 'yes',
        Cookie: 'a=1; b="2 3"',
        Referer: 'http://r/',
        Origin: 'http://o',
        'User-Agent': 'UA/1.0',
      },
    });
    expect(request.headers.get('x-custom')).toBe('yes');
    expect(request.cookies.toDict()).toEqual({ a: '1', b: '2 3' });
    expect(request.referrer).toBe('http://r/');
    expect(request.origin).toBe('http://o');
    expect(request.userAgent).toBe('UA/1.0');
  });

  it('says nothing of what is missing', () => {
    const request = requestOf();
    expect(request.referrer).toBeUndefined();
    expect(request.origin).toBeUndefined();
    expect(request.userAgent).toBe('');
    expect(request.contentType).toBeUndefined();
    expect(request.contentLength).toBeUndefined();
    expect(request.mimetype).toBe('');
    expect(request.cookies.size).toBe(0);
  });

  it('has the type and the length of the body', () => {
    const type = 'Text/HTML; Charset=utf-8; x="a; \\"b"';
    const request = requestOf({ body: 'abc', headers: { 'Content-Type': type } });
    expect(request.contentType).toBe(type);
    expect(request.mimetype).toBe('text/html');
    expect(request.mimetypeParams).toEqual({ charset: 'utf-8', x: 'a; "b' });
    expect(request.contentLength).toBe(3);
    expect(requestOf({ headers: { 'Content-Length': 'x' } }).contentLength).toBe(0);
    expect(requestOf({ body: 'abc', chunked: true }).contentLength).toBeUndefined();
  });

  it('knows JSON by its type', () => {
    const isJson = (type: string) => requestOf({ headers: { 'Content-Type': type } }).isJson;
    expect(isJson('application/json; charset=utf-8')).toBe(true);
    expect(isJson('application/problem+json')).toBe(true);
    expect(isJson('text/json')).toBe(false);
  });

  it('has the address of the peer and the signal', () => {
    const environ = testEnviron();
    const request = new Request(environ);
    expect(request.remoteAddr).toBe('127.0.0.1');
    expect(request.signal).toBe(environ['gateway.signal']);
    environ.REMOTE_ADDR = '';
    expect(request.remoteAddr).toBeUndefined();
  });

  it('is worked out when it is asked for, and then kept', () => {
    const environ = testEnviron({ query: 'a=1' });
    const request = new Request(environ);
    environ.QUERY_STRING = 'a=2';
    const { args } = request;
    expect(args.get('a')).toBe('2');
    expect(request.args).toBe(args);
    expect(request.headers).toBe(request.headers);
  });

  it('describes itself, also when its host is not trusted', () => {
    const request = requestOf({ path: '/p' });
    expect(String(request)).toBe('[Request GET http://localhost/p]');
    request.trustedHosts = ['other'];
    expect(String(request)).toContain('untrusted host');
  });
});

describe('getResponse', () => {
  it('runs an application with the request', async () => {
    const request = requestOf({ path: '/p' });
    const app = Request.application((r) => new Response(r.path, { status: 201 }));
    const response = await request.getResponse(app);
    expect(response.status).toBe('201 Created');
    expect(response.isStreamed).toBe(false);
    expect(await response.text()).toBe('/p');
  });
});
