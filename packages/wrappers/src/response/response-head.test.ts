import { Headers } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { serve } from '../testing/environ.ts';
import { Response } from './response.ts';

describe('autocorrectLocationHeader', () => {
  const request = { path: '/b/c', root: '/a', headers: { Host: 'example.com' } };

  it('makes a location absolute', async () => {
    for (const [location, url] of [
      ['foo', 'http://example.com/a/b/foo'],
      ['../x', 'http://example.com/a/x'],
      ['/ü', 'http://example.com/%C3%BC'],
      ['//other.example/', 'http://other.example/'],
      ['https://other.example/', 'https://other.example/'],
    ] as const) {
      const response = new Response('', { status: 302 });
      response.location = location;
      response.autocorrectLocationHeader = true;
      expect((await serve(response, request)).headers['Location']).toBe(url);
      expect(response.location).toBe(location);
    }
  });

  it('leaves it as it is unless it is asked to, and where the host is malformed', async () => {
    class Absolute extends Response {
      override autocorrectLocationHeader = true;
    }
    const headers = { Location: 'x' };
    const sent = await serve(new Response('', { headers }), request);
    expect(sent.headers['Location']).toBe('x');
    const answer = await serve(new Absolute('', { headers }), { headers: { Host: 'a b' } });
    expect(answer.headers['Location']).toBe('x');
  });
});

describe('automaticallySetContentLength', () => {
  it('keeps a list from getting a length', async () => {
    const response = new Response(['a', 'b']);
    response.automaticallySetContentLength = false;
    expect((await serve(response)).headers['Content-Length']).toBeUndefined();
    const text = new Response('ab');
    text.automaticallySetContentLength = false;
    expect((await serve(text)).headers['Content-Length']).toBe('2');
  });
});

describe('the length of text', () => {
  it('is set in headers that were given, whatever it was there', async () => {
    const headers = new Headers({ 'content-length': '99' });
    const response = new Response('abc', { headers });
    expect((await serve(response)).headerList).toEqual([
      ['Content-Length', '3'],
      ['Content-Type', 'text/plain; charset=utf-8'],
    ]);
    expect(headers.get('Content-Length')).toBe('3');
  });

  it('is not set again once it was taken away', async () => {
    const response = new Response('abc');
    response.automaticallySetContentLength = false;
    response.contentLength = null;
    expect((await serve(response)).headers['Content-Length']).toBeUndefined();
  });
});

describe('a status without content', () => {
  it('has the length 0 with 205, and none with 204 and below 200', async () => {
    for (const [status, length] of [
      [100, undefined],
      [204, undefined],
      [205, '0'],
    ] as const) {
      for (const body of ['abc', ['a'], null]) {
        const bare = new Response(body, { status });
        const dressed = new Response(body, { status, headers: { 'Content-Length': '3' } });
        for (const response of [bare, dressed]) {
          const { headers, chunks } = await serve(response);
          expect(headers['Content-Length']).toBe(length);
          expect(chunks).toEqual([]);
        }
      }
    }
  });

  it('says with 304 where the content is, and how long it is fresh, and nothing else of it', async () => {
    const response = new Response('abc', { status: 304 });
    response.contentLocation = '/a';
    response.expires = 0;
    response.allow = 'GET';
    response.vary = 'Cookie';
    expect(Object.keys((await serve(response)).headers)).toEqual([
      'Content-Location',
      'Expires',
      'Vary',
    ]);
  });
});

describe('the media type', () => {
  it('is undefined where there is none', () => {
    const response = new Response();
    for (const type of [null, undefined, '', ';']) {
      response.contentType = type;
      expect(response.mimetype).toBeUndefined();
    }
    response.mimetype = 'text/css';
    response.mimetype = null;
    expect(response.contentType).toBeUndefined();
  });

  it('is the same for many types, one after the other', () => {
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 100; index++) {
        const { contentType } = new Response('', { mimetype: `text/x-${index}` });
        expect(contentType).toBe(`text/x-${index}; charset=utf-8`);
      }
    }
  });
});
