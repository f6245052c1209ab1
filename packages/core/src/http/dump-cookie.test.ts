import { afterEach, describe, expect, it, vi } from 'vitest';
import { InvalidCookieError } from '../errors/invalid-cookie-error.ts';
import { dumpCookie } from './dump-cookie.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('dumpCookie', () => {
  it('writes the attributes in a fixed order', () => {
    const options = {
      domain: 'example.com',
      expires: 0,
      maxAge: 5,
      secure: true,
      httponly: true,
      samesite: 'lax',
      partitioned: true,
    } as const;
    expect(dumpCookie('a', 'b', options)).toBe(
      'a=b; Domain=example.com; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5; Secure; ' +
        'HttpOnly; Path=/; SameSite=Lax; Partitioned',
    );
  });

  it('adds an expiry date to a maximum age', () => {
    vi.useFakeTimers({ now: 0 });
    const date = 'Expires=Thu, 01 Jan 1970 00:01:00 GMT';
    expect(dumpCookie('a', '', { maxAge: 60 })).toBe(`a=; ${date}; Max-Age=60; Path=/`);
    expect(dumpCookie('a', '', { maxAge: 60, syncExpires: false })).toBe('a=; Max-Age=60; Path=/');
  });

  it('takes the names of attributes that JavaScript is used to', () => {
    expect(dumpCookie('a', 'b', { httpOnly: true, sameSite: 'Strict' })).toBe(
      'a=b; HttpOnly; Path=/; SameSite=Strict',
    );
  });

  it('sends a domain as browsers know it', () => {
    expect(dumpCookie('a', '', { domain: '.Bücher.example:80' })).toBe(
      'a=; Domain=xn--bcher-kva.example; Path=/',
    );
  });

  it('lets no part of a cookie become another', () => {
    expect(dumpCookie('a', 'x\r\nSet-Cookie: b; Domain=evil')).toBe(
      'a="x\\015\\012Set-Cookie: b\\073 Domain=evil"; Path=/',
    );
    expect(dumpCookie('a', '', { path: '/; Domain=e.example' })).toBe(
      'a=; Path=/%3B%20Domain=e.example',
    );
  });

  it.each([
    ['a name that is no token', 'a; b', {}],
    ['an empty name', '', {}],
    ['a name with a space that is not ASCII', '\u00a0__Host-a', {}],
    ['a domain with a semicolon', 'a', { domain: 'e.example; Secure' }],
    ['a domain with a line end', 'a', { domain: 'e.example\r\nX: 1' }],
    ['a domain with a path', 'a', { domain: 'é.example/x' }],
    ['an age that is no integer', 'a', { maxAge: 0.5 }],
    ['a date that is none', 'a', { expires: 'tomorrow; Secure' }],
    ['a date that browsers take for none', 'a', { expires: new Date('1600-12-31') }],
    ['a date beyond all', 'a', { expires: 1e15 }],
    ['an unknown SameSite', 'a', { samesite: 'Lax; Secure' as never }],
    ['a __Host- cookie with a domain', '__Host-a', { domain: 'e.example' }],
    ['a __Host- cookie with a path', '__host-a', { path: '/x' }],
    ['a __Host- cookie without a path', '__Host-a', { path: null }],
  ])('refuses %s', (_, name, options) => {
    expect(() => dumpCookie(name, 'v', options)).toThrow(InvalidCookieError);
  });

  it('makes a cookie with a prefix secure', () => {
    expect(dumpCookie('__Host-a', 'b')).toBe('__Host-a=b; Secure; Path=/');
    expect(dumpCookie('__secure-a', 'b', { path: '/x' })).toBe('__secure-a=b; Secure; Path=/x');
  });

  it('warns of a cookie that browsers would drop', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    dumpCookie('a', 'x'.repeat(5000), { maxSize: 0 });
    expect(warn).not.toHaveBeenCalled();
    dumpCookie('a', 'x'.repeat(5000));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Cookie a has 5010 bytes'));
  });
});
