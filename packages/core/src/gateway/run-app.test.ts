import { describe, expect, it, vi } from 'vitest';
import { collectText, collectTexts } from '../../test/collect.ts';
import { environFromFetch } from '../fetch/environ-from-fetch.ts';
import type { GatewayApp } from '../protocol.ts';
import { type AnswerBody, runApp } from './run-app.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const run = (app: GatewayApp) => runApp(app, environFromFetch(new Request('http://x.example/')));

/** The body of an answer that is no list. */
async function bodyOf(app: GatewayApp): Promise<AnswerBody> {
  const { body } = await run(app);
  expect(Array.isArray(body)).toBe(false);
  return body as AnswerBody;
}

describe('runApp', () => {
  it('gives a list as a list, with what was written in front', async () => {
    const close = vi.fn();
    const answer = await run((_environ, startResponse) => {
      startResponse('299 Odd', [['X-A', '1']])(bytes('a'));
      return Object.assign([bytes('b')], { close });
    });
    expect(answer).toEqual({
      status: '299 Odd',
      headers: [['X-A', '1']],
      body: [bytes('a'), bytes('b')],
    });
    expect(close).toHaveBeenCalledOnce();
  });

  it('finds the head of an application that starts with its first chunk', async () => {
    const answer = await run(async function* (_environ, startResponse) {
      startResponse('201 Created', []);
      yield bytes('a');
      yield bytes('b');
    } as GatewayApp);
    expect(answer.status).toBe('201 Created');
    expect(await collectText(answer.body)).toBe('ab');
  });

  it('puts what is written in front of the chunks that follow', async () => {
    const body = await bodyOf((_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      write(bytes('1'));
      return (function* () {
        write(bytes('2'));
        yield bytes('3');
        write(bytes('4'));
      })();
    });
    expect(await collectText(body)).toBe('1234');
    await body.close();
  });

  it('gives what is written while the application, or its body, is still at work', async () => {
    const steps: (() => void)[] = [];
    const step = () => new Promise<void>((resolve) => steps.push(resolve));
    const body = await bodyOf(async (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      await write(bytes('a'));
      await step();
      await write(bytes('b'));
      return (async function* () {
        await write(bytes('c'));
        await step();
        yield bytes('d');
      })();
    });
    const next = async () => new TextDecoder().decode((await body.next()).value);
    expect(await next()).toBe('a');
    steps.shift()!();
    expect(await next()).toBe('b');
    expect(await next()).toBe('c');
    steps.shift()!();
    expect(await next()).toBe('d');
    expect((await body.next()).done).toBe(true);
  });

  it('sends the head with an empty chunk', async () => {
    const { status } = await run(async (_environ, startResponse) => {
      startResponse('200 OK', [])(new Uint8Array());
      return new Promise(() => {});
    });
    expect(status).toBe('200 OK');
  });

  it('has an application that writes wait for the reader', async () => {
    let written = 0;
    const body = await bodyOf(async (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      for (let at = 0; at < 100; at++) {
        await write(new Uint8Array(50_000));
        written++;
      }
      return [];
    });
    await new Promise((done) => setTimeout(done));
    expect(written).toBeLessThan(4);
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      expect(written * 50_000 - length).toBeLessThan(300_000);
    }
    expect(length).toBe(5_000_000);
  });

  it('lets a writer go when the reader gives up, and closes the body that comes late', async () => {
    const close = vi.fn();
    let isDone = () => {};
    const done = new Promise<void>((resolve) => {
      isDone = resolve;
    });
    const body = await bodyOf(async (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      for (let at = 0; at < 10; at++) await write(new Uint8Array(50_000));
      isDone();
      return Object.assign([], { close });
    });
    await body.return!();
    await body.close();
    await done;
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect((await body.next()).done).toBe(true);
  });

  it('ends the iteration, then closes, each once', async () => {
    const events: string[] = [];
    const generate = function* () {
      try {
        yield bytes('a');
        yield bytes('b');
      } finally {
        events.push('end');
      }
    };
    const app: GatewayApp = async (_environ, startResponse) => {
      startResponse('200 OK', []);
      return Object.assign(generate(), { close: () => void events.push('close') });
    };
    const read = await bodyOf(app);
    await read.next();
    await read.return!();
    await read.return!();
    await read.close();
    await read.close();
    expect(events.splice(0)).toEqual(['end', 'close']);
    await (await bodyOf(app)).close();
    expect(events).toEqual(['close']);
  });

  it.each([
    ['never starts its response', () => [bytes('a')], /without calling startResponse/],
    ['throws', () => fail('boom'), 'boom'],
    ['rejects', async () => fail('boom'), 'boom'],
    ['fails with its first chunk', () => broken(), 'boom'],
  ] as [string, GatewayApp, RegExp | string][])('refuses one that %s', async (_, app, message) => {
    await expect(run(app)).rejects.toThrow(message);
  });

  it('closes the body of one that never starts its response', async () => {
    const close = vi.fn();
    await expect(run(() => Object.assign([], { close }))).rejects.toThrow();
    expect(close).toHaveBeenCalledOnce();
  });

  it('gives what was written before an application failed, then the error', async () => {
    const body = await bodyOf(async (_environ, startResponse) => {
      await startResponse('200 OK', [])(bytes('a'));
      return fail('midway');
    });
    expect((await body.next()).value).toEqual(bytes('a'));
    await expect(body.next()).rejects.toThrow('midway');
    expect((await body.next()).done).toBe(true);
    await body.close();
  });

  it('has a second start replace the first only with an error, and only before the head is out', async () => {
    const twice = (error?: Error): GatewayApp => {
      return (_environ, startResponse) => {
        startResponse('200 OK', []);
        startResponse('500 Failed', [], error);
        return [];
      };
    };
    expect((await run(twice(new Error('late')))).status).toBe('500 Failed');
    await expect(run(twice())).rejects.toThrow(/called twice/);
    const body = await bodyOf((_environ, startResponse) => {
      startResponse('200 OK', []);
      return (function* () {
        yield bytes('a');
        startResponse('500 Failed', [], new Error('too late'));
      })();
    });
    await expect(collectTexts(body)).rejects.toThrow('too late');
  });

  it('refuses what is written after the end', async () => {
    let write = (_chunk: Uint8Array): unknown => undefined;
    const body = await bodyOf((_environ, startResponse) => {
      write = startResponse('200 OK', []);
      return new Set([bytes('a')]);
    });
    await collectText(body);
    expect(() => write(bytes('b'))).toThrow(/after the end/);
  });
});

function fail(message: string): never {
  throw new Error(message);
}

function* broken(): Generator<Uint8Array> {
  yield fail('boom');
}
