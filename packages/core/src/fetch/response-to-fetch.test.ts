import { describe, expect, it, vi } from 'vitest';
import { ArgumentError } from '../errors/argument-error.ts';
import type { Body, HeaderList } from '../protocol.ts';
import { responseToFetch } from './response-to-fetch.ts';

const encoder = new TextEncoder();

/** A body that counts what becomes of it. */
function watched(chunks: (Uint8Array | Error)[]) {
  const events: string[] = [];
  async function* generate(): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of chunks) {
        events.push('pull');
        if (chunk instanceof Error) throw chunk;
        yield chunk;
      }
    } finally {
      events.push('end');
    }
  }
  const body: Body = Object.assign(generate(), { close: () => void events.push('close') });
  return { body, events };
}

const chunk = encoder.encode('chunk');
const NONE: HeaderList = [];

describe('responseToFetch', () => {
  it('has the status, its phrase and every field, cookies apart', async () => {
    const headers: HeaderList = [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-A', '1'],
      ['x-a', '\xe4'],
    ];
    const response = responseToFetch('404 Not here', headers, [chunk, chunk]);
    expect(response.status).toBe(404);
    expect(response.statusText).toBe('Not here');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('X-A')).toBe('1, \xe4');
    expect(response.headers.get('Content-Type')).toBeNull();
    expect(await response.text()).toBe('chunkchunk');
    expect(responseToFetch('299', NONE, []).statusText).toBe('');
  });

  it('takes a list as a whole and closes it at once', async () => {
    const close = vi.fn();
    const response = responseToFetch('200 OK', NONE, Object.assign([chunk], { close }));
    expect(close).toHaveBeenCalledOnce();
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(chunk);
    expect(chunk.length).toBe(5);
  });

  it('pulls no chunk before one is read, and closes after the last', async () => {
    const { body, events } = watched([chunk, new Uint8Array(), chunk]);
    const response = responseToFetch('200 OK', NONE, body);
    const reader = response.body!.getReader();
    expect(events).toEqual([]);
    await reader.read();
    expect(events).toEqual(['pull']);
    await reader.read();
    expect(events).toEqual(['pull', 'pull', 'pull']);
    expect((await reader.read()).done).toBe(true);
    expect(events.slice(3)).toEqual(['end', 'close']);
    expect(chunk.length).toBe(5);
  });

  it('gives the body up when the reader cancels', async () => {
    const { body, events } = watched([chunk, chunk]);
    const onCancel = vi.fn(() => void events.push('cancel'));
    const response = responseToFetch('200 OK', NONE, body, { onCancel });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel('gone');
    expect(onCancel).toHaveBeenCalledWith('gone');
    expect(events).toEqual(['pull', 'cancel', 'end', 'close']);
  });

  it('closes a body that was never read', async () => {
    const { body, events } = watched([chunk]);
    await responseToFetch('200 OK', NONE, body).body!.cancel();
    expect(events).toEqual(['close']);
  });

  it('gives a body up while a chunk is waited for', async () => {
    const close = vi.fn();
    const end = vi.fn();
    const body: Body = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: async () => {
          end();
          return { done: true, value: undefined };
        },
      }),
      close,
    };
    const reader = responseToFetch('200 OK', NONE, body).body!.getReader();
    void reader.read();
    await new Promise((done) => setTimeout(done));
    await reader.cancel();
    expect(end).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  it('breaks off where the body fails, and closes it', async () => {
    const { body, events } = watched([chunk, new Error('midway')]);
    await expect(responseToFetch('200 OK', NONE, body).text()).rejects.toThrow('midway');
    expect(events).toEqual(['pull', 'pull', 'end', 'close']);
  });

  it('refuses chunks that are no bytes', async () => {
    const close = vi.fn();
    const body = Object.assign(new Set(['text']), { close }) as unknown as Body;
    await expect(responseToFetch('200 OK', NONE, body).text()).rejects.toThrow(/of type string/);
    expect(close).toHaveBeenCalledOnce();
  });

  it('reports what fails while a body is closed, once', async () => {
    const onError = vi.fn();
    const body: Body = Object.assign(new Set([chunk]), {
      close: async () => {
        throw new Error('close');
      },
    });
    expect(await responseToFetch('200 OK', NONE, body, { onError }).text()).toBe('chunk');
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]![0]).toMatchObject({ message: 'close' });
  });

  it.each([
    ['GET', '204 No Content'],
    ['GET', '205 Reset Content'],
    ['GET', '304 Not Modified'],
    ['HEAD', '200 OK'],
  ])('has no body for %s and %s, and closes the one it was given', async (method, status) => {
    const { body, events } = watched([chunk]);
    const headers: HeaderList = [['Content-Length', '5']];
    const response = responseToFetch(status, headers, body, { method });
    expect(response.body).toBeNull();
    expect(response.headers.get('Content-Length')).toBe('5');
    expect(events).toEqual(['close']);
  });

  it.each(['101 Switching Protocols', '600 X', '0 X', '', 'OK'])(
    'refuses the status %j',
    (status) => {
      const { body, events } = watched([chunk]);
      expect(() => responseToFetch(status, NONE, body)).toThrow(ArgumentError);
      expect(events).toEqual(['close']);
    },
  );

  it('closes the body also when a field is refused', () => {
    const { body, events } = watched([chunk]);
    expect(() => responseToFetch('200 OK', [['a b', 'c']], body)).toThrow(TypeError);
    expect(events).toEqual(['close']);
  });
});
