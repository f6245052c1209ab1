import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { copyEnviron } from '../copy-environ.ts';
import { BadHost, SecurityError } from '../exceptions/bad-request.ts';
import { NotImplemented } from '../exceptions/server-errors.ts';
import type { Environ } from '../protocol.ts';
import { ChunkInput } from '../streams/chunk-input.ts';
import { environFromFetch } from './environ-from-fetch.ts';
import { requestToFetch } from './request-to-fetch.ts';

const encoder = new TextEncoder();

function environ(changes: Partial<Environ> = {}): Environ {
  return copyEnviron(environFromFetch(new Request('http://x.example/')), changes);
}

const post = (changes: Partial<Environ> = {}) => environ({ REQUEST_METHOD: 'POST', ...changes });

describe('requestToFetch', () => {
  it('has method, URL, fields and signal of the environ', async () => {
    const controller = new AbortController();
    const request = requestToFetch(
      environ({
        REQUEST_METHOD: 'PATCH',
        SCRIPT_NAME: '/app',
        PATH_INFO: '/ä b',
        QUERY_STRING: 'c=%20d',
        CONTENT_TYPE: 'text/plain',
        HTTP_COOKIE: 'a=1; b=2',
        HTTP_X_A: '\xe4',
        'gateway.url_scheme': 'https',
        'gateway.signal': controller.signal,
      }),
    );
    expect(request.method).toBe('PATCH');
    expect(request.url).toBe('https://x.example/app/%C3%A4%20b?c=%20d');
    expect(Object.fromEntries(request.headers)).toMatchObject({
      'content-type': 'text/plain',
      cookie: 'a=1; b=2',
      host: 'x.example',
      'x-a': '\xe4',
    });
    expect(request.signal.aborted).toBe(false);
    controller.abort();
    expect(request.signal.aborted).toBe(true);
  });

  it('keeps the target as it was received, as far as a URL can', () => {
    const url = (target: string, path: string, query = '') =>
      requestToFetch(environ({ REQUEST_URI: target, PATH_INFO: path, QUERY_STRING: query })).url;
    expect(url('/a%2Fb/%252F?x=%20', '/a/b/%2F', 'x=%20')).toBe(
      'http://x.example/a%2Fb/%252F?x=%20',
    );
    expect(url('//y/z', '//y/z')).toBe('http://x.example//y/z');
    expect(url('/a\\b', '/a\\b')).toBe('http://x.example/a%5Cb');
    expect(url('/?', '/')).toBe('http://x.example/?');
    expect(url('*', '*')).toBe('http://x.example/*');
    expect(url('http://x.example/a?b', '/a', 'b')).toBe('http://x.example/a?b');
  });

  it('leads to the path that middleware set, whatever is in it', () => {
    const segment = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('%2F', '%', 'a\\b', '?', '#', '\t', '\n', 'ä', '//', '%zz'),
    );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        const path = `/${segments.join('/')}`.toWellFormed();
        // A URL has no dot segments, written as dots or escaped.
        fc.pre(!/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path));
        const changed = environ({ PATH_INFO: path, REQUEST_URI: '/before' });
        const again = environFromFetch(requestToFetch(changed));
        expect(again.PATH_INFO).toBe(path);
        expect(again.HTTP_HOST).toBe('x.example');
        expect(again.QUERY_STRING).toBe('');
      }),
    );
  });

  it.each(['', 'a b', 'a/b', 'user@a', '[', '1.2.3.999', 'a:99999', 'ä'])(
    'refuses the host %j',
    (host) => {
      expect(() => requestToFetch(environ({ HTTP_HOST: host }))).toThrow(BadHost);
    },
  );

  it('refuses hosts that are not trusted', () => {
    const trust = (trustedHosts: string[]) => requestToFetch(environ(), { trustedHosts });
    expect(trust(['x.example']).url).toBe('http://x.example/');
    expect(() => trust(['y.example'])).toThrow(SecurityError);
  });

  it.each(['TRACE', 'CONNECT', 'track'])('refuses the method %s with a 501', (method) => {
    expect(() => requestToFetch(environ({ REQUEST_METHOD: method }))).toThrow(NotImplemented);
  });

  it.each([
    ['GET', { CONTENT_LENGTH: '4' }, false],
    ['HEAD', { CONTENT_LENGTH: '4' }, false],
    ['POST', {}, false],
    ['POST', { CONTENT_LENGTH: '0' }, false],
    ['POST', { CONTENT_LENGTH: '4' }, true],
    ['DELETE', { HTTP_TRANSFER_ENCODING: 'chunked' }, true],
    ['POST', { SERVER_PROTOCOL: 'HTTP/2' }, true],
  ])('with %s and %j: a body? %s', (method, changes, expected) => {
    const request = requestToFetch(environ({ REQUEST_METHOD: method, ...changes }));
    expect(request.body !== null).toBe(expected);
    expect(request.headers.has('transfer-encoding')).toBe(false);
  });

  it.each([
    ['GET', '4', null],
    ['HEAD', '4', null],
    ['GET', '0', '0'],
    ['POST', '0', '0'],
    ['POST', '4', '4'],
  ])('with %s and a length of %s: a length of %s', async (method, length, expected) => {
    const request = requestToFetch(environ({ REQUEST_METHOD: method, CONTENT_LENGTH: length }));
    expect(request.headers.get('content-length')).toBe(expected);
    if (expected === '4') return;
    // What nobody sends is not waited for.
    expect(await environFromFetch(request)['gateway.input'].read()).toHaveLength(0);
  });

  it('streams the body, reading no more than is read of it', async () => {
    let pulled = 0;
    const close = vi.fn();
    async function* chunks() {
      try {
        for (;;) yield encoder.encode(String(pulled++));
      } finally {
        close();
      }
    }
    const changes = { HTTP_TRANSFER_ENCODING: 'chunked' };
    const request = requestToFetch(post({ ...changes, 'gateway.input': new ChunkInput(chunks()) }));
    expect(pulled).toBe(0);
    const reader = request.body!.getReader();
    expect((await reader.read()).value).toEqual(encoder.encode('0'));
    expect(pulled).toBe(1);
    await reader.cancel();
    expect(close).toHaveBeenCalledOnce();
  });

  it('ends a body at its length where the server does not', async () => {
    const request = requestToFetch(
      post({
        CONTENT_LENGTH: '3',
        'gateway.input': new ChunkInput([encoder.encode('abcdef')]),
        'gateway.input_terminated': false,
      }),
    );
    expect(await request.text()).toBe('abc');
  });

  it('passes on an error of the body, and takes another body', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield encoder.encode('a');
      throw new Error('reset');
    }
    const changes = { CONTENT_LENGTH: '3', 'gateway.input': new ChunkInput(broken()) };
    await expect(requestToFetch(post(changes)).text()).rejects.toThrow('reset');
    const other = requestToFetch(post(changes), { body: encoder.encode('kept') });
    expect(await other.text()).toBe('kept');
    const input = new ChunkInput([encoder.encode('input')]);
    expect(await requestToFetch(post(changes), { body: input }).text()).toBe('input');
  });
});
