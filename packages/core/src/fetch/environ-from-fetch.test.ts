import { describe, expect, it, vi } from 'vitest';
import { collectTexts } from '../../test/collect.ts';
import { copyEnviron } from '../copy-environ.ts';
import { ClientDisconnected } from '../exceptions/bad-request.ts';
import type { Environ } from '../protocol.ts';
import { environFromFetch } from './environ-from-fetch.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function environOf(url: string, init: RequestInit = {}): Environ {
  return environFromFetch(new Request(url, init));
}

/** A request with a body that streams. */
function streamed(body: ReadableStream, headers: Record<string, string> = {}): Request {
  const init = { method: 'POST', body, headers, duplex: 'half' } as const;
  return new Request('http://x.example/', init);
}

describe('environFromFetch', () => {
  it('describes request, server and peer', () => {
    const request = new Request('https://x.example:8443/a%20b?c=%20d#e', {
      method: 'POST',
      body: 'text',
      headers: { 'Content-Type': 'text/plain', 'Content-Length': '004', 'X-A': 'ä' },
    });
    const options = { remoteAddr: '192.0.2.1', remotePort: 5000, serverProtocol: 'HTTP/2' };
    const environ = environFromFetch(request, options);
    expect({ ...environ }).toMatchObject({
      REQUEST_METHOD: 'POST',
      SCRIPT_NAME: '',
      PATH_INFO: '/a b',
      QUERY_STRING: 'c=%20d',
      REQUEST_URI: '/a%20b?c=%20d',
      CONTENT_TYPE: 'text/plain',
      CONTENT_LENGTH: '4',
      SERVER_NAME: 'x.example',
      SERVER_PORT: '8443',
      SERVER_PROTOCOL: 'HTTP/2',
      REMOTE_ADDR: '192.0.2.1',
      REMOTE_PORT: '5000',
      HTTP_HOST: 'x.example:8443',
      HTTP_X_A: 'ä',
      'gateway.version': [1, 0],
      'gateway.url_scheme': 'https',
      'gateway.multithread': false,
      'gateway.multiprocess': false,
      'gateway.run_once': false,
      'gateway.input_terminated': true,
    });
    expect(environ['gateway.raw_headers']()).toContainEqual(['content-length', '004']);
    expect(environ['gateway.trailers']()).toEqual([]);
  });

  it.each([
    ['http://x.example', '/', '', '/'],
    ['http://x.example?', '/', '', '/?'],
    ['http://x.example/a?#b?c', '/a', '', '/a?'],
    ['http://x.example/a#b?c', '/a', '', '/a'],
    ['http://x.example//a/%2F%252F?x=1?y', '//a//%2F', 'x=1?y', '//a/%2F%252F?x=1?y'],
    ['http://x.example/%E2%82%AC%FF%', '/€%FF%', '', '/%E2%82%AC%FF%'],
    ['http://x.example/ä', '/ä', '', '/%C3%A4'],
  ])('takes %s apart', (url, path, query, target) => {
    const environ = environOf(url);
    expect(environ.PATH_INFO).toBe(path);
    expect(environ.QUERY_STRING).toBe(query);
    expect(environ.REQUEST_URI).toBe(target);
  });

  it.each([
    ['http://x.example/', 'x.example', '80', 'x.example'],
    ['https://X.example:443/', 'x.example', '443', 'x.example'],
    ['http://[::1]:4000/', '::1', '4000', '[::1]:4000'],
  ])('knows the server of %s', (url, name, port, host) => {
    const environ = environOf(url, { headers: { Host: 'other.example' } });
    expect([environ.SERVER_NAME, environ.SERVER_PORT, environ.HTTP_HOST]).toEqual([
      name,
      port,
      host,
    ]);
  });

  it('refuses a URL of another scheme', () => {
    for (const url of ['file:///etc/passwd', 'data:,x', 'http:x']) {
      expect(() => environFromFetch({ url } as Request)).toThrow(/http:\/\/ or https:\/\//);
    }
  });

  it('leaves Proxy and fields with _ out, and lengths that are none', () => {
    const environ = environOf('http://x.example/', {
      headers: {
        x_forwarded_for: '1',
        __proto__x: '1',
        Proxy: 'http://evil.example',
        'Content-Length': '+1',
      },
    });
    expect(
      Object.keys(environ).filter((key) => /FORWARDED|PROTO_|PROXY|CONTENT_/.test(key)),
    ).toEqual([]);
    expect(environ['gateway.raw_headers']()).toContainEqual(['x_forwarded_for', '1']);
  });

  it('inherits nothing, and survives copyEnviron()', () => {
    const environ = environOf('http://x.example/', { headers: { constructor: 'a' } });
    for (const key of ['toString', 'constructor', '__proto__']) expect(key in environ).toBe(false);
    expect(environ.HTTP_CONSTRUCTOR).toBe('a');
    const signal = AbortSignal.abort();
    const copy = copyEnviron(environ, { 'gateway.signal': signal });
    expect(copy['gateway.signal']).toBe(signal);
    expect(copy['gateway.input']).toBe(environ['gateway.input']);
    for (const key of ['input', 'signal', 'raw_headers', 'trailers']) {
      environ[`gateway.${key}`] = 'other';
      expect(environ[`gateway.${key}`]).toBe('other');
    }
  });

  it('does not look at body and signal before it is asked for them', () => {
    const request = new Request('http://x.example/');
    const looks = [vi.spyOn(request, 'body', 'get'), vi.spyOn(request, 'signal', 'get')];
    const environ = environFromFetch(request);
    expect(looks.map((look) => look.mock.calls.length)).toEqual([0, 0]);
    expect(environ['gateway.signal']).toBeInstanceOf(AbortSignal);
    expect(looks[1]).toHaveBeenCalledOnce();
  });

  it('has the signal of the request, or that of the platform', () => {
    const controller = new AbortController();
    const environ = environOf('http://x.example/', { signal: controller.signal });
    controller.abort();
    expect(environ['gateway.signal'].aborted).toBe(true);
    const { signal } = new AbortController();
    const other = environFromFetch(new Request('http://x.example/'), { signal });
    expect(other['gateway.signal']).toBe(signal);
  });

  it('writes whole lines to the console, the last when flushed', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const errors = environOf('http://x.example/')['gateway.errors'];
    errors.write('one ');
    errors.write('line\nand\nmore');
    errors.flush();
    errors.flush();
    expect(log.mock.calls).toEqual([['one line\nand'], ['more']]);
    log.mockRestore();
  });
});

describe('the body of a Request as gateway.input', () => {
  it('is empty where there is none', async () => {
    const input = environOf('http://x.example/')['gateway.input'];
    expect(await input.read()).toEqual(new Uint8Array());
  });

  it('is read as it comes, no earlier than asked for', async () => {
    let pulled = 0;
    const chunks = ['a\n', 'bc', 'd'];
    const body = new ReadableStream(
      {
        pull(controller) {
          const chunk = chunks[pulled++];
          if (chunk === undefined) controller.close();
          else controller.enqueue(encoder.encode(chunk));
        },
      },
      { highWaterMark: 0 },
    );
    const environ = environFromFetch(streamed(body));
    const input = environ['gateway.input'];
    expect(pulled).toBe(0);
    expect(decoder.decode(await input.readLine())).toBe('a\n');
    expect(pulled).toBe(1);
    expect(await collectTexts(input)).toEqual(['bc', 'd']);
  });

  it('is announced as chunked when its length is not known', () => {
    const init = { method: 'POST', body: 'text' };
    expect(environOf('http://x.example/', init).HTTP_TRANSFER_ENCODING).toBe('chunked');
    expect(environOf('http://x.example/', { method: 'POST' })).not.toHaveProperty(
      'HTTP_TRANSFER_ENCODING',
    );
  });

  it('loses its client when the stream breaks off, or ends before its length', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('reset')),
    });
    const broken = environFromFetch(streamed(body))['gateway.input'].read();
    await expect(broken).rejects.toThrow(ClientDisconnected);
    await expect(broken).rejects.toMatchObject({ cause: { message: 'reset' } });
    const short = environOf('http://x.example/', {
      method: 'POST',
      body: 'text',
      headers: { 'Content-Length': '5' },
    });
    await expect(short['gateway.input'].read()).rejects.toThrow(ClientDisconnected);
  });

  it('cancels the stream when a loop is left', async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(encoder.encode('x')),
      cancel,
    });
    for await (const _ of environFromFetch(streamed(body))['gateway.input']) break;
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is an error, and not empty, when it was read or is being read', async () => {
    const request = new Request('http://x.example/', { method: 'POST', body: 'text' });
    const environ = environFromFetch(request);
    await request.text();
    await expect(environ['gateway.input'].read()).rejects.toThrow(/request\.clone/);
    const locked = streamed(new ReadableStream());
    locked.body!.getReader();
    await expect(environFromFetch(locked)['gateway.input'].read()).rejects.toThrow(TypeError);
  });

  it('is no text', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue('text') });
    const read = environFromFetch(streamed(body))['gateway.input'].read();
    await expect(read).rejects.toThrow(/Uint8Arrays, and it gave a string/);
  });
});
