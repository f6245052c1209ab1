import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { environFromValues } from '../from-values/environ-from-values.ts';
import { Response } from '../response/response.ts';
import { bytes } from '../testing/environ.ts';
import { responseFromApp } from './response-from-app.ts';

const environ = environFromValues();

describe('responseFromApp', () => {
  it('gives what the application answered, and adds nothing', async () => {
    class MyResponse extends Response {}
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('299 Odd', [['X-A', '1']]);
      return [bytes('a'), bytes('b')];
    };
    const response = await responseFromApp(MyResponse, app, environ);
    expect(response).toBeInstanceOf(MyResponse);
    expect(response.status).toBe('299 Odd');
    expect([...response.headers]).toEqual([['X-A', '1']]);
    expect(response.isStreamed).toBe(false);
    expect(await response.text()).toBe('ab');
  });

  it('reads a stream at once if it is told to, and closes it', async () => {
    const close = vi.fn();
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return Object.assign(new Set([bytes('a'), bytes('b')]), { close });
    };
    const lazy = await responseFromApp(Response, app, environ);
    expect(lazy.isStreamed).toBe(true);
    expect(close).not.toHaveBeenCalled();
    await lazy.close();
    expect(close).toHaveBeenCalledTimes(1);
    const response = await responseFromApp(Response, app, environ, { buffered: true });
    expect(close).toHaveBeenCalledTimes(2);
    expect(response.isStreamed).toBe(false);
    expect(await response.text()).toBe('ab');
  });

  it('passes on what the application throws, at the start or midway', async () => {
    const failing: GatewayApp = () => {
      throw new Error('boom');
    };
    await expect(responseFromApp(Response, failing, environ)).rejects.toThrow('boom');
    const close = vi.fn();
    const midway: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      const body = (function* () {
        yield bytes('a');
        throw new Error('midway');
      })();
      return Object.assign(body, { close });
    };
    const read = responseFromApp(Response, midway, environ, { buffered: true });
    await expect(read).rejects.toThrow('midway');
    expect(close).toHaveBeenCalledOnce();
  });
});
