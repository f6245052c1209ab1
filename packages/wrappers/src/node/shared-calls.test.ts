import { describe, expect, it } from 'vitest';
import { SharedCalls } from './shared-calls.ts';

/** Calls that end when they are told to. */
function heldCalls() {
  const held: PromiseWithResolvers<number>[] = [];
  const calls = new SharedCalls<number>(() => {
    const call = Promise.withResolvers<number>();
    held.push(call);
    return call.promise;
  });
  return { calls, held };
}

describe('SharedCalls', () => {
  it('give nobody an answer that was under way before the question', async () => {
    const { calls, held } = heldCalls();
    const first = calls.get('a');
    const meanwhile = [calls.get('a'), calls.get('a')];
    expect(held.length).toBe(1);
    held[0]!.resolve(1);
    expect(await first).toBe(1);
    await Promise.resolve();
    expect(held.length).toBe(2);
    const later = calls.get('a');
    held[1]!.resolve(2);
    expect(await Promise.all(meanwhile)).toEqual([2, 2]);
    await Promise.resolve();
    held[2]!.resolve(3);
    expect(await later).toBe(3);
  });

  it('are made one by one for a key, and at the same time for several', () => {
    const { calls, held } = heldCalls();
    for (const key of ['a', 'b', 'a', 'b', 'a']) void calls.get(key);
    expect(held.length).toBe(2);
  });

  it('go on after a failure, which those get who waited for it', async () => {
    const { calls, held } = heldCalls();
    const failing = calls.get('a');
    const next = calls.get('a');
    held[0]!.reject(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    await Promise.resolve();
    held[1]!.resolve(2);
    expect(await next).toBe(2);
  });

  it('begin anew when nobody waits any more', async () => {
    let count = 0;
    const calls = new SharedCalls(async () => ++count);
    for (const expected of [1, 2, 3]) expect(await calls.get('a')).toBe(expected);
  });
});
