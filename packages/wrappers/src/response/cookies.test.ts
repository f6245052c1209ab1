import { InvalidCookieError } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { serve } from '../testing/environ.ts';
import { Response } from './response.ts';

describe('the cookies of a response', () => {
  it('are each a field of their own', async () => {
    const response = new Response('x', { headers: { 'Set-Cookie': 'a=1' } });
    response.setCookie('b', '2');
    response.setCookie('c', 'd e', { httponly: true, secure: true, samesite: 'Lax' });
    const { headerList } = await serve(response);
    expect(headerList.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value)).toEqual([
      'a=1',
      'b=2; Path=/',
      'c="d e"; Secure; HttpOnly; Path=/; SameSite=Lax',
    ]);
  });

  it('are deleted by a date in the past', () => {
    const response = new Response();
    response.deleteCookie('a', { path: '/x', domain: 'example.com' });
    expect(response.headers.get('Set-Cookie')).toBe(
      'a=; Domain=example.com; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/x',
    );
  });

  it('are refused when a name would become something else', () => {
    const response = new Response();
    expect(() => response.setCookie('a; b', 'c')).toThrow(InvalidCookieError);
    expect(response.headers.has('Set-Cookie')).toBe(false);
  });

  it('are reported when browsers would drop them, by the limit of the class', () => {
    class Small extends Response {
      static override maxCookieSize = 10;
    }
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    new Response().setCookie('a', '0123456789');
    expect(warn).not.toHaveBeenCalled();
    new Small().setCookie('a', '0123456789');
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });
});
