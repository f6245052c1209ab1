import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptAliveBody, type PulledBody } from './kept-alive-body.ts';

const SECONDS = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A source whose chunks come when the test says so. */
function makeSource() {
  const pulls: PromiseWithResolvers<IteratorResult<Uint8Array, undefined>>[] = [];
  const source = {
    next: vi.fn(() => {
      const pull = Promise.withResolvers<IteratorResult<Uint8Array, undefined>>();
      pulls.push(pull);
      return pull.promise;
    }),
    return: vi.fn(),
    close: vi.fn(),
  } satisfies PulledBody;
  const emit = (text: string) =>
    pulls.shift()?.resolve({ done: false, value: new TextEncoder().encode(text) });
  return { source, pulls, emit };
}

async function textOf(next: Promise<IteratorResult<Uint8Array, undefined>>): Promise<string> {
  const { value, done } = await next;
  return done ? '(end)' : Buffer.from(value!).toString();
}

describe('a body of events that is kept alive', () => {
  it('opens without waiting for the source', async () => {
    const { source } = makeSource();
    const body = new KeptAliveBody(source, 'hello', SECONDS);
    expect(await textOf(body.next())).toBe('hello');
    expect(source.next).not.toHaveBeenCalled();
  });

  it('has a comment for every interval in which nothing came, and asks the source once', async () => {
    const { source, emit } = makeSource();
    const body = new KeptAliveBody(source, '', 15 * SECONDS);
    await body.next();
    for (let beat = 0; beat < 3; beat++) {
      const next = body.next();
      await vi.advanceTimersByTimeAsync(14_999);
      expect(vi.getTimerCount()).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(await textOf(next)).toBe(':\n\n');
    }
    expect(source.next).toHaveBeenCalledOnce();
    const next = body.next();
    emit('event');
    expect(await textOf(next)).toBe('event');
  });

  it('has no timer while nobody asks for a chunk, however long that is', async () => {
    const { source, emit } = makeSource();
    const body = new KeptAliveBody(source, '', SECONDS);
    await body.next();
    const next = body.next();
    emit('one');
    expect(await textOf(next)).toBe('one');
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(100 * SECONDS);
    expect(source.next).toHaveBeenCalledOnce();
  });

  it('keeps what comes between a comment and the next question', async () => {
    const { source, emit } = makeSource();
    const body = new KeptAliveBody(source, '', SECONDS);
    await body.next();
    const beat = body.next();
    await vi.advanceTimersByTimeAsync(SECONDS);
    expect(await textOf(beat)).toBe(':\n\n');
    emit('event');
    await vi.advanceTimersByTimeAsync(0);
    expect(await textOf(body.next())).toBe('event');
  });

  it('ends with the source', async () => {
    const { source, pulls } = makeSource();
    const body = new KeptAliveBody(source, '', SECONDS);
    await body.next();
    const next = body.next();
    pulls.shift()!.resolve({ done: true, value: undefined });
    expect(await textOf(next)).toBe('(end)');
  });

  it('fails with the source, also when that came between two questions', async () => {
    const { source, pulls } = makeSource();
    const body = new KeptAliveBody(source, '', SECONDS);
    await body.next();
    const beat = body.next();
    await vi.advanceTimersByTimeAsync(SECONDS);
    await beat;
    pulls.shift()!.reject(new Error('broken'));
    await vi.advanceTimersByTimeAsync(0);
    await expect(body.next()).rejects.toThrow('broken');
  });

  it('fails with a source that throws', async () => {
    const { source } = makeSource();
    source.next.mockImplementation(() => {
      throw new Error('broken');
    });
    const body = new KeptAliveBody(source, '', SECONDS);
    await body.next();
    await expect(body.next()).rejects.toThrow('broken');
  });

  it('has its timer cleared and its source ended when it is given up', async () => {
    const { source } = makeSource();
    const body = new KeptAliveBody(source, '', SECONDS);
    await body.next();
    void body.next();
    expect(vi.getTimerCount()).toBe(1);
    await body.return();
    expect(vi.getTimerCount()).toBe(0);
    body.close();
    expect(source.return).toHaveBeenCalledOnce();
    expect(source.close).toHaveBeenCalledOnce();
    expect(await textOf(body.next())).toBe('(end)');
  });

  it('has no timer at all without a heartbeat', async () => {
    const { source, emit } = makeSource();
    const body = new KeptAliveBody(source, '', Number.POSITIVE_INFINITY);
    await body.next();
    const next = body.next();
    expect(vi.getTimerCount()).toBe(0);
    emit('event');
    expect(await textOf(next)).toBe('event');
  });
});
