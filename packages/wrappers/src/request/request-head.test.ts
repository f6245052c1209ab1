import { inspect } from 'node:util';
import { ImmutableError, SecurityError } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { type TestRequest, testEnviron } from '../testing/environ.ts';
import { RequestHead } from './request-head.ts';

const requestOf = (request?: TestRequest) => new RequestHead(testEnviron(request));

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
    expect(request.urlRoot).toBe(request.rootUrl);
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
    expect(request.url).toBe('http://localhost/☃/a%3Fb%23c%20d?q=☃%FF%26+<%E9');
    expect(new URL(request.url).searchParams.get('q')).toMatch(/^☃.*& </);
  });

  it('reads the octets of a query as UTF-8 where it is shown', () => {
    const query = Buffer.from('q=ü☃').toString('latin1');
    expect(requestOf({ query }).fullPath).toBe('/?q=ü☃');
    expect(requestOf({ query }).queryString).toBe(query);
    expect(requestOf({ query: 'q=\xff%C3%BC' }).fullPath).toBe('/?q=\ufffd%C3%BC');
    expect(requestOf({ query: 'q=☃\xfc' }).fullPath).toBe('/?q=☃\xfc');
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
    class Trusting extends RequestHead {
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
    const request = requestOf({ headers: { 'X-Custom': 'yes', Cookie: 'a=1; b="2 3"' } });
    expect(request.headers.get('x-custom')).toBe('yes');
    expect(request.cookies.toDict()).toEqual({ a: '1', b: '2 3' });
    expect(requestOf().cookies.size).toBe(0);
  });

  it('says which server it came to, and how that runs the application', () => {
    const request = requestOf();
    expect(request.server).toEqual(['localhost', 80]);
    expect([request.isMultithread, request.isMultiprocess, request.isRunOnce]).toEqual([
      false,
      false,
      false,
    ]);
    const environ = { ...testEnviron(), SERVER_NAME: '/run/app.sock', SERVER_PORT: '' };
    expect(new RequestHead(environ).server).toEqual(['/run/app.sock', undefined]);
  });

  it('has the address of the peer, its user and the signal', () => {
    const environ = testEnviron();
    const request = new RequestHead(environ);
    expect(request.remoteAddr).toBe('127.0.0.1');
    expect(request.remoteUser).toBeUndefined();
    expect(request.signal).toBe(environ['gateway.signal']);
    environ.REMOTE_ADDR = '';
    environ.REMOTE_USER = 'ada';
    expect(request.remoteAddr).toBeUndefined();
    expect(request.remoteUser).toBe('ada');
    expect(request.accessRoute).toEqual([]);
  });

  it('has the addresses that proxies name, or that of the peer', () => {
    const headers = { 'X-Forwarded-For': '192.0.2.7, 198.51.100.2' };
    expect(requestOf({ headers }).accessRoute).toEqual(['192.0.2.7', '198.51.100.2']);
    expect(requestOf().accessRoute).toEqual(['127.0.0.1']);
  });

  it('is worked out when it is asked for, and then kept', () => {
    const environ = testEnviron({ query: 'a=1' });
    const request = new RequestHead(environ);
    environ.QUERY_STRING = 'a=2';
    const { args } = request;
    expect(args.get('a')).toBe('2');
    expect(request.args).toBe(args);
    expect(request.headers).toBe(request.headers);
    expect(request.cookies).toBe(request.cookies);
  });

  it('describes itself, also when its host is not trusted, and keeps what it knows out of logs', () => {
    const request = requestOf({ path: '/p', headers: { Cookie: 'session=secret' } });
    expect(String(request)).toBe('[RequestHead GET http://localhost/p]');
    expect(inspect({ request })).toBe('{ request: [RequestHead GET http://localhost/p] }');
    request.trustedHosts = ['other'];
    expect(String(request)).toContain('untrusted host');
  });
});
