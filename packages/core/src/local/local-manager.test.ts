import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { collectText } from '../../test/collect.ts';
import type { Body, Environ, GatewayApp } from '../protocol.ts';
import { Local } from './local.ts';
import { LocalManager } from './local-manager.ts';

const encoder = new TextEncoder();

/** Answers a request as a server does, in a context of its own choosing. */
async function serve(app: GatewayApp, path: string): Promise<string> {
  const body = await app({ PATH_INFO: path } as Environ, () => () => {});
  await sleep(1);
  const text = await collectText(body);
  await body.close?.();
  return text;
}

describe('LocalManager.makeMiddleware', () => {
  const local = new Local<{ path: string }>();
  const manager = new LocalManager([local]);

  it('gives each request a context, which its body has as well', async () => {
    async function* body() {
      for (let part = 0; part < 3; part++) {
        await sleep(1);
        yield encoder.encode(`${local.path};`);
      }
    }
    const app = manager.makeMiddleware(async (environ) => {
      await sleep(1);
      local.path = environ.PATH_INFO;
      return body();
    });
    const texts = await Promise.all(['/a', '/b', '/c'].map((path) => serve(app, path)));
    expect(texts).toEqual(['/a;/a;/a;', '/b;/b;/b;', '/c;/c;/c;']);
    expect(local.path).toBeUndefined();
  });

  it('does so for bodies that are not awaited', async () => {
    function* body() {
      yield encoder.encode(String(local.path));
    }
    const app = manager.middleware((environ) => {
      local.path = environ.PATH_INFO;
      return body();
    });
    expect(await Promise.all(['/a', '/b'].map((path) => serve(app, path)))).toEqual(['/a', '/b']);
  });

  it('releases the locals after the body is closed, also when that fails', async () => {
    const events: unknown[] = [];
    let look = (): void => {};
    const app = manager.makeMiddleware(() => {
      local.path = '/x';
      const body: Body = Object.assign([], {
        close: () => {
          events.push(local.path);
          queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => look())));
          throw new Error('broken');
        },
      });
      return body;
    });
    look = () => void events.push(local.path);
    await expect(serve(app, '/')).rejects.toThrow('broken');
    await sleep(1);
    expect(events).toEqual(['/x', undefined]);
  });

  it('ends a body in its context when the client leaves', async () => {
    const events: unknown[] = [];
    async function* body() {
      try {
        for (;;) yield encoder.encode('a');
      } finally {
        events.push(local.path);
      }
    }
    const app = manager.makeMiddleware(() => {
      local.path = '/x';
      return body();
    });
    for await (const _ of await app({} as Environ, () => () => {})) break;
    expect(events).toEqual(['/x']);
  });
});
