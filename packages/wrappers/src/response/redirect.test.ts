import { describe, expect, it } from 'vitest';
import { InvalidStatusError } from '../errors/wrapper-errors.ts';
import { serve } from '../testing/environ.ts';
import { redirect } from './redirect.ts';
import { Response } from './response.ts';

describe('redirect', () => {
  it('sends the client elsewhere with 303 and a page', async () => {
    const { status, headers, text } = await serve(redirect('/there'));
    expect(status).toBe('303 See Other');
    expect(headers).toMatchObject({
      Location: '/there',
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'",
    });
    expect(text).toContain('<a href="/there">/there</a>');
  });

  it('takes another code, and refuses one that does not redirect', () => {
    expect(redirect('/', 307).statusCode).toBe(307);
    for (const code of [200, 300, 304, 404]) {
      expect(() => redirect('/', code)).toThrow(InvalidStatusError);
    }
  });

  it('escapes the target in the page', async () => {
    const { text, headers } = await serve(redirect('/"><script>alert(1)</script>'));
    expect(text).not.toContain('<script>');
    expect(headers['Location']).toBe('/%22%3E%3Cscript%3Ealert(1)%3C/script%3E');
  });

  it('links to where it leads, and shows it readably', async () => {
    const { text, headers } = await serve(redirect('https://ex.example/ä/☃'));
    expect(headers['Location']).toBe('https://ex.example/%C3%A4/%E2%98%83');
    expect(text).toContain(
      '<a href="https://ex.example/%C3%A4/%E2%98%83">https://ex.example/ä/☃</a>',
    );
  });

  it('makes no link of a target that runs code', async () => {
    for (const target of [
      'javascript:alert(1)',
      ' JavaScript:alert(1)',
      'java\tscript:x',
      'data:,x',
    ]) {
      expect((await serve(redirect(target))).text).not.toContain('<a ');
    }
  });

  it('cannot be made to write another header', () => {
    expect(() => redirect('/\r\nSet-Cookie: a=b')).toThrow();
  });

  it('makes responses of the class it is given', () => {
    class Page extends Response {}
    expect(redirect('/', 302, Page)).toBeInstanceOf(Page);
  });
});
