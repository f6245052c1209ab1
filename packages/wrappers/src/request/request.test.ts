import { describe, expect, it, vi } from 'vitest';
import { Response } from '../response/response.ts';
import { testEnviron } from '../testing/environ.ts';
import { Request } from './request.ts';

describe('Request', () => {
  it('has one slot for all that it may work out later', () => {
    const request = new Request(testEnviron());
    expect(Object.keys(request)).toEqual(['environ']);
    expect(Object.getOwnPropertySymbols(request).length).toBe(1);
    expect(request.shallow).toBe(false);
    expect(new Request(testEnviron(), { shallow: true }).shallow).toBe(true);
  });

  it('is extended as any class is', async () => {
    class MyRequest extends Request {
      static override trustedHosts = ['localhost'];
      user = 'nobody';
      readonly #secret = 'secret';

      override get path(): string {
        return `/${this.user}/${this.#secret}${super.path}`;
      }
    }
    const request = new MyRequest(testEnviron({ path: '/p' }));
    request.user = 'ada';
    expect(request.path).toBe('/ada/secret/p');
    expect(request).toBeInstanceOf(Request);
    expect(String(request)).toBe('[MyRequest GET http://localhost/p]');
  });
});

describe('the end of a request', () => {
  it('calls what wants to know of it, in order and once', async () => {
    const calls: string[] = [];
    const request = new Request(testEnviron());
    request.callOnClose(() => calls.push('first'));
    request.callOnClose(async () => {
      await new Promise(setImmediate);
      calls.push('second');
    });
    request.callOnClose(() => calls.push('third'));
    await request.close();
    await request.close();
    expect(calls).toEqual(['first', 'second', 'third']);
  });

  it('stays synchronous without promises', () => {
    const callback = vi.fn();
    const request = new Request(testEnviron());
    request.callOnClose(callback);
    expect(request.close()).toBeUndefined();
    expect(callback).toHaveBeenCalledOnce();
  });

  it('calls everything, whatever fails, and tells what did', async () => {
    const callback = vi.fn();
    const request = new Request(testEnviron());
    request.callOnClose(() => {
      throw new Error('one');
    });
    request.callOnClose(callback);
    expect(() => request.close()).toThrow('one');
    expect(callback).toHaveBeenCalledOnce();
  });

  it('calls at once what comes late', () => {
    const callback = vi.fn();
    const request = new Request(testEnviron());
    request.close();
    request.callOnClose(callback);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('tells the log of what comes late and fails', async () => {
    const write = vi.fn();
    const environ = { ...testEnviron(), 'gateway.errors': { write, flush: () => {} } };
    const request = new Request(environ);
    request.close();
    request.callOnClose(async () => {
      throw new Error('too\nlate');
    });
    await new Promise(setImmediate);
    expect(write).toHaveBeenCalledExactlyOnceWith(
      'Error in a callback after the end of a request: "Error: too\\nlate"\n',
    );
  });

  it('comes with the end of a scope', async () => {
    const callback = vi.fn();
    {
      await using request = new Request(testEnviron());
      request.callOnClose(callback);
      expect(callback).not.toHaveBeenCalled();
    }
    expect(callback).toHaveBeenCalledOnce();
  });
});

describe('getResponse', () => {
  it('runs an application with the request', async () => {
    const request = new Request(testEnviron({ path: '/p' }));
    const app = Request.application((r) => new Response(r.path, { status: 201 }));
    const response = await request.getResponse(app);
    expect(response.status).toBe('201 Created');
    expect(response.isStreamed).toBe(false);
    expect(await response.text()).toBe('/p');
  });

  it('reads the body at once when that is wanted', async () => {
    const close = vi.fn();
    const app = Request.application(() => {
      const response = new Response(new Set(['a']));
      response.callOnClose(close);
      return response;
    });
    const response = await new Request(testEnviron()).getResponse(app, { buffered: true });
    expect(close).toHaveBeenCalledOnce();
    expect(await response.text()).toBe('a');
  });
});

describe('a request of the platform', () => {
  class MyRequest extends Request {
    readonly isMine = true;
  }

  it('becomes one of the class that is asked', async () => {
    const { url } = new globalThis.Request('http://example.org/p?a=1');
    const request = MyRequest.fromFetch(
      new globalThis.Request(url, { method: 'POST', body: 'sent', headers: { 'X-A': '1' } }),
      { remoteAddr: '192.0.2.1' },
    );
    expect(request.isMine).toBe(true);
    expect(request.url).toBe(url);
    expect(request.headers.get('X-A')).toBe('1');
    expect(request.remoteAddr).toBe('192.0.2.1');
    expect(await request.text()).toBe('sent');
  });

  it('is what a request becomes, read already or not', async () => {
    const values = { path: '/p?a=1', method: 'POST', body: 'sent', headers: { Host: 'h' } };
    const unread = Request.fromValues(values).toFetch();
    expect(unread.url).toBe('http://h/p?a=1');
    expect(await unread.text()).toBe('sent');
    const read = Request.fromValues(values);
    await read.text();
    expect(await read.toFetch().text()).toBe('sent');
    const large = Request.fromValues(values);
    large.maxContentLength = 3;
    expect(() => large.toFetch()).toThrow(/3 are allowed/);
  });

  it('is made of values, by the class that is asked', async () => {
    const request = MyRequest.fromValues({ method: 'POST', json: { a: 1 } });
    expect(request.isMine).toBe(true);
    expect(await request.json()).toEqual({ a: 1 });
    expect(MyRequest.fromValues().url).toBe('http://localhost/');
  });
});
