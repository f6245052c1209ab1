import { describe, expect, it } from 'vitest';
import { collect } from '../../test/collect.ts';
import type { Body } from '../protocol.ts';
import { closingIterator } from './closing-iterator.ts';

const chunk = new Uint8Array([1]);

describe('closingIterator', () => {
  it('iterates as the body does, and does not close it by that', async () => {
    const events: string[] = [];
    const body = closingIterator([chunk, chunk], () => void events.push('callback'));
    expect(await collect(body)).toEqual([chunk, chunk]);
    async function* later() {
      yield chunk;
    }
    expect(await collect(closingIterator(later(), []))).toEqual([chunk]);
    expect(events).toEqual([]);
  });

  it('closes the body first, then calls the callbacks in order, all of it once', async () => {
    const events: string[] = [];
    const inner: Body = Object.assign([chunk], { close: () => void events.push('body') });
    const body = closingIterator(inner, [
      async () => {
        await null;
        events.push('first');
      },
      () => void events.push('second'),
    ]);
    await Promise.all([body.close!(), body.close!()]);
    expect(events).toEqual(['body', 'first', 'second']);
  });

  it('calls every callback, whatever the others throw', async () => {
    let called = 0;
    const fail = (message: string) => () => {
      called++;
      throw new Error(message);
    };
    await expect(closingIterator([], fail('one')).close!()).rejects.toThrow('one');
    const broken: Body = Object.assign([], { close: fail('body') });
    const closed = closingIterator(broken, [fail('first'), () => void called++]).close!();
    await expect(closed).rejects.toMatchObject({
      errors: [{ message: 'body' }, { message: 'first' }],
    });
    expect(called).toBe(4);
  });
});
