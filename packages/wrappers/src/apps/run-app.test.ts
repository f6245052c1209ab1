import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { Request } from '../request/request.ts';
import { bytes, testEnviron } from '../testing/environ.ts';

const run = (app: GatewayApp) => new Request(testEnviron()).getResponse(app);

describe('running an application for its response', () => {
  it('takes status, fields and body, and adds none', async () => {
    const response = await run((_environ, startResponse) => {
      startResponse('299 Odd', [['X-A', '1']]);
      return [bytes('a'), bytes('b')];
    });
    expect(response.status).toBe('299 Odd');
    expect([...response.headers]).toEqual([['X-A', '1']]);
    expect(response.isStreamed).toBe(false);
    expect(await response.text()).toBe('ab');
  });

  it('finds the head of an application that starts with its first chunk', async () => {
    const response = await run(async function* (_environ, startResponse) {
      startResponse('201 Created', []);
      yield bytes('a');
      yield bytes('b');
    } as GatewayApp);
    expect(response.statusCode).toBe(201);
    expect(await response.text()).toBe('ab');
  });

  it('puts what is written in front of the chunks that follow', async () => {
    const response = await run((_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      write(bytes('1'));
      return (function* () {
        write(bytes('2'));
        yield bytes('3');
        write(bytes('4'));
      })();
    });
    expect(await response.text()).toBe('1234');
  });

  it('closes the body once, read or not', async () => {
    const close = vi.fn();
    const app = (body: Iterable<Uint8Array>): GatewayApp => {
      return (_environ, startResponse) => {
        startResponse('200 OK', []);
        return Object.assign(body, { close });
      };
    };
    await run(app([bytes('list')]));
    expect(close).toHaveBeenCalledTimes(1);
    await (await run(app(new Set([bytes('read')])))).text();
    expect(close).toHaveBeenCalledTimes(2);
    await (await run(app(new Set([bytes('unread')])))).close();
    expect(close).toHaveBeenCalledTimes(3);
  });

  it('refuses an application that never starts its response, and closes its body', async () => {
    const close = vi.fn();
    const app: GatewayApp = () => Object.assign([bytes('a')], { close });
    await expect(run(app)).rejects.toThrow(/without calling startResponse/);
    expect(close).toHaveBeenCalledOnce();
  });

  it('lets an error in place of the response through', async () => {
    const app: GatewayApp = () => {
      throw new Error('boom');
    };
    await expect(run(app)).rejects.toThrow('boom');
  });

  it('has a second start replace the first only with an error', async () => {
    const twice = (error?: Error): GatewayApp => {
      return (_environ, startResponse) => {
        startResponse('200 OK', []);
        startResponse('500 Failed', [], error);
        return [];
      };
    };
    expect((await run(twice(new Error('late')))).status).toBe('500 Failed');
    await expect(run(twice())).rejects.toThrow(/called twice/);
  });
});
