import type { Body, GatewayApp } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { FormDataParser } from '../forms/form-data-parser.ts';
import { Request } from '../request/request.ts';
import { Response } from '../response/response.ts';
import { bytes, serve, testEnviron } from '../testing/environ.ts';
import { FakeFile } from '../testing/fake-file.ts';
import { multipartBody } from '../testing/form.ts';

const start = () => () => {};

/** An application that asks to be told of the request's end, and what it is told. */
function watched(handler: (request: Request) => GatewayApp | Promise<GatewayApp>) {
  const events: string[] = [];
  const app = Request.application((request) => {
    request.callOnClose(() => events.push('request'));
    return handler(request);
  });
  return { app, events };
}

/** An application whose body says when it is closed. */
function appWith(body: Iterable<Uint8Array>, events: string[]): GatewayApp {
  return (_environ, startResponse) => {
    startResponse('200 OK', []);
    return Object.assign(body, { close: () => void events.push('body') });
  };
}

describe('the end of a request', () => {
  it('costs a request nothing that holds nothing', () => {
    const list: Uint8Array[] = [bytes('a')];
    const app = Request.application(() => (_environ, startResponse) => {
      startResponse('200 OK', []);
      return list;
    });
    expect(app(testEnviron(), start)).toBe(list);
  });

  it('comes when a list was sent, which stays a list and is not changed', async () => {
    const list: Uint8Array[] = [bytes('a')];
    const { app, events } = watched(() => (_environ, startResponse) => {
      startResponse('200 OK', []);
      return list;
    });
    const body = app(testEnviron(), start) as Body;
    expect(Array.isArray(body)).toBe(true);
    expect(body).toEqual(Object.assign([bytes('a')], { close: body.close }));
    expect('close' in list).toBe(false);
    expect(events).toEqual([]);
    expect(body.close?.()).toBeUndefined();
    expect(events).toEqual(['request']);
  });

  it('comes after the end of the body', async () => {
    for (const chunks of [[bytes('a')], new Set([bytes('a')])]) {
      const { app, events } = watched(() => appWith(chunks, events));
      expect((await serve(app)).text).toBe('a');
      expect(events).toEqual(['body', 'request']);
    }
  });

  it('comes though nothing was sent', async () => {
    const { app, events } = watched(() => appWith(new Set([bytes('a')]), events));
    await (app(testEnviron(), start) as Body).close?.();
    expect(events).toEqual(['body', 'request']);
  });

  it('comes though closing the body fails', async () => {
    const { app, events } = watched(() => {
      const response = new Response('a');
      response.callOnClose(() => {
        throw new Error('broken');
      });
      return response;
    });
    const body = app(testEnviron(), start) as Body;
    expect(() => body.close?.()).toThrow('broken');
    expect(events).toEqual(['request']);
  });

  it('comes for what a stream first needs while it is sent', async () => {
    const events: string[] = [];
    const app = Request.application((request) => {
      async function* chunks() {
        request.callOnClose(() => events.push('request'));
        yield 'a';
        events.push('sent');
      }
      return new Response(chunks());
    });
    expect((await serve(app)).text).toBe('a');
    expect(events).toEqual(['sent', 'request']);
  });

  it('comes with the answer of an asynchronous handler or application', async () => {
    const handler = watched(async () => new Response('a'));
    expect((await serve(handler.app)).text).toBe('a');
    expect(handler.events).toEqual(['request']);
    const later = watched(() => async (environ, startResponse) => {
      await new Promise(setImmediate);
      return new Response('b')(environ, startResponse);
    });
    expect((await serve(later.app)).text).toBe('b');
    expect(later.events).toEqual(['request']);
  });

  it('comes before an error goes on to the server', async () => {
    const boom = () => {
      throw new Error('boom');
    };
    for (const handler of [
      boom,
      async () => boom(),
      () => boom as GatewayApp,
      () => (async () => boom()) as unknown as GatewayApp,
    ]) {
      const { app, events } = watched(handler);
      await expect(app(testEnviron(), start)).rejects.toThrow('boom');
      expect(events).toEqual(['request']);
    }
    const { app, events } = watched((() => 'text') as never);
    await expect(app(testEnviron(), start)).rejects.toThrow(/returned a string/);
    expect(events).toEqual(['request']);
  });

  it('tells of what fails then in the log, and of the error itself to the server', async () => {
    const environ = testEnviron();
    const write = vi.fn();
    environ['gateway.errors'] = { write, flush: () => {} };
    const app = Request.application((request) => {
      request.callOnClose(() => {
        throw new Error('line\nline');
      });
      throw new Error('boom');
    });
    await expect(app(environ, start)).rejects.toThrow('boom');
    expect(write.mock.calls.join()).toMatch(/ended: "Error: line\\nline"\n$/);
  });
});

describe('the files of an upload', () => {
  const file = { current: new FakeFile() };
  class DiskRequest extends Request {
    override makeFormDataParser() {
      file.current = new FakeFile();
      const openFile = async () => file.current;
      return new FormDataParser({ spoolThreshold: 0, openFile, silent: false });
    }
  }
  const body = multipartBody({ name: 'f', filename: 'x', content: 'content' });
  const headers = { 'Content-Type': 'multipart/form-data; boundary=b' };
  const upload = { method: 'POST', headers, body: [body] };

  it('are there until the response was sent', async () => {
    const app = DiskRequest.application(async (request) => {
      return new Response((await request.files()).getItem('f'));
    });
    const answer = await serve(app, upload);
    expect(answer.text).toBe('content');
    expect(file.current).toMatchObject({ writes: 1, closed: 1 });
  });

  it('are removed when the handler throws, or the client has gone', async () => {
    const failing = DiskRequest.application(async (request) => {
      await request.form();
      throw new Error('boom');
    });
    await expect(serve(failing, upload)).rejects.toThrow('boom');
    expect(file.current).toMatchObject({ writes: 1, closed: 1 });

    const answering = DiskRequest.application(async (request) => {
      return new Response(String((await request.files()).size));
    });
    const unsent = await answering(testEnviron(upload), start);
    expect(file.current).toMatchObject({ writes: 1, closed: 0 });
    await unsent.close?.();
    expect(file.current.closed).toBe(1);
  });

  it('let errors of the form reach the client', async () => {
    const app = Request.application(async (request) => new Response(String(await request.form())));
    const statusOf = async (type: string, sent: Uint8Array) =>
      (await serve(app, { ...upload, headers: { 'Content-Type': type }, body: [sent] })).status;
    expect(await statusOf('multipart/form-data', body)).toBe('400 Bad Request');
    expect(await statusOf(headers['Content-Type'], body.subarray(0, -4))).toBe('400 Bad Request');
    const many = multipartBody(...Array(1001).fill({ name: 'a' }));
    expect(await statusOf(headers['Content-Type'], many)).toMatch(/^413 /);
  });
});
