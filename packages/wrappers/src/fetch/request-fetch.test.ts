import { BadHost, ClientDisconnected, type Environ, RequestEntityTooLarge } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { environFromValues } from '../from-values/environ-from-values.ts';
import { Request } from '../request/request.ts';
import { bytes } from '../testing/environ.ts';
import { requestFromFetch, requestToFetch } from './request-fetch.ts';

/** A stream of chunks that counts what becomes of it. */
function stream(chunks: (Uint8Array | Error)[], cancel = vi.fn()) {
  const source = {
    pulled: 0,
    cancel,
    pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      const chunk = chunks[source.pulled++];
      if (chunk instanceof Error) controller.error(chunk);
      else if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  };
  return { source, body: new ReadableStream<Uint8Array>(source, { highWaterMark: 0 }) };
}

function streamed(body: ReadableStream<Uint8Array>): globalThis.Request {
  return new globalThis.Request('http://x.example/', { method: 'POST', body, duplex: 'half' });
}

describe('requestFromFetch', () => {
  it('makes a request of the class it is given', async () => {
    class MyRequest extends Request {}
    const request = requestFromFetch(
      MyRequest,
      new globalThis.Request('https://x.example/a%20b?c=d', {
        method: 'POST',
        body: JSON.stringify({ e: 'ä' }),
        headers: { 'Content-Type': 'application/json', Cookie: 'f=g' },
      }),
      { remoteAddr: '192.0.2.1' },
    );
    expect(request).toBeInstanceOf(MyRequest);
    expect(request.method).toBe('POST');
    expect(request.url).toBe('https://x.example/a%20b?c=d');
    expect([request.path, request.args.get('c')]).toEqual(['/a b', 'd']);
    expect([request.cookies.get('f'), request.remoteAddr]).toEqual(['g', '192.0.2.1']);
    expect(await request.json()).toEqual({ e: 'ä' });
  });

  it('reads an urlencoded form of the platform', async () => {
    const body = new URLSearchParams([
      ['a', '1'],
      ['a', 'ä'],
    ]);
    const init = { method: 'POST', body };
    const request = requestFromFetch(Request, new globalThis.Request('http://x.example/', init));
    expect((await request.form()).getlist('a')).toEqual(['1', 'ä']);
  });

  it('streams binary bodies, and keeps their limits', async () => {
    const binary = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    const { body, source } = stream([binary, binary]);
    const request = requestFromFetch(Request, streamed(body));
    expect(await request.stream.read(256)).toEqual(binary);
    expect(source.pulled).toBe(1);
    const limited = requestFromFetch(Request, streamed(stream([binary, binary]).body));
    limited.maxContentLength = 300;
    await expect(limited.bytes()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('tells a body that broke off from a whole one', async () => {
    const { body } = stream([bytes('a'), new Error('reset')]);
    const read = requestFromFetch(Request, streamed(body)).text();
    await expect(read).rejects.toThrow(ClientDisconnected);
  });
});

describe('requestToFetch', () => {
  const there = (environ: Environ) => requestToFetch(new Request(environ));

  it('is the way back', async () => {
    const request = there(
      environFromValues({
        path: '/a%2Fb?c=%20',
        baseUrl: 'https://x.example:8443/app',
        method: 'PUT',
        json: { d: 1 },
        headers: { 'X-A': '\xe4' },
      }),
    );
    expect(request.url).toBe('https://x.example:8443/app/a%2Fb?c=%20');
    expect(request.headers.get('X-A')).toBe('\xe4');
    const back = requestFromFetch(Request, request);
    expect(back.environ.REQUEST_URI).toBe('/app/a%2Fb?c=%20');
    expect(back.headers.get('X-A')).toBe('\xe4');
    expect([back.method, back.contentLength]).toEqual(['PUT', 7]);
    expect(await back.json()).toEqual({ d: 1 });
  });

  it('streams, and pulls no more than is read of it, cancelled or not', async () => {
    const { body, source } = stream([bytes('a'), bytes('b')]);
    const request = there(environFromValues({ method: 'POST', body }));
    expect(source.pulled).toBe(0);
    const reader = request.body!.getReader();
    expect((await reader.read()).value).toEqual(bytes('a'));
    expect(source.pulled).toBe(1);
    await reader.cancel();
    expect(source.pulled).toBe(1);
  });

  it('has the limits of the request, and its trusted hosts', async () => {
    const request = new Request(
      environFromValues({ method: 'POST', body: stream([bytes('abc')]).body }),
    );
    request.maxContentLength = 2;
    await expect(requestToFetch(request).text()).rejects.toThrow(/2 bytes/);
    request.trustedHosts = ['y.example'];
    expect(() => requestToFetch(request)).toThrow(/not trusted/);
    const bad = environFromValues({ headers: { Host: 'a b' } });
    expect(() => there(bad)).toThrow(BadHost);
  });

  it('has a body that was read and kept', async () => {
    const environ = environFromValues({ method: 'POST', body: 'abc' });
    const request = new Request(environ);
    await request.bytes();
    expect(await requestToFetch(request).text()).toBe('abc');
  });

  it('makes forms that the platform can read, and reads those of the platform', async () => {
    const environ = environFromValues({
      method: 'POST',
      form: { name: 'Jürgen' },
      files: { file: new File(['content'], 'ä.txt', { type: 'text/x' }) },
    });
    const data = await there(environ).formData();
    expect(data.get('name')).toBe('Jürgen');
    const file = data.get('file') as File;
    expect([file.name, file.type, await file.text()]).toEqual(['ä.txt', 'text/x', 'content']);
  });
});
