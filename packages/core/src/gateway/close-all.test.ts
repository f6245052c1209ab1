import { describe, expect, it } from 'vitest';
import { closeAll } from './close-all.ts';

function failing(text: string): () => never {
  return () => {
    throw new Error(text);
  };
}

describe('closeAll', () => {
  it('is done at once where no callback gives a promise', () => {
    const calls: string[] = [];
    expect(closeAll([() => calls.push('one'), () => calls.push('two')])).toBeUndefined();
    expect(calls).toEqual(['one', 'two']);
  });

  it('awaits a promise before the next callback', async () => {
    const calls: string[] = [];
    const slow = async () => {
      await Promise.resolve();
      calls.push('slow');
    };
    const closed = closeAll([slow, () => calls.push('next')]);
    expect(calls).toEqual([]);
    await closed;
    expect(calls).toEqual(['slow', 'next']);
  });

  it('calls every one and throws the error of the only one that failed', async () => {
    const calls: string[] = [];
    expect(() => closeAll([failing('first'), () => calls.push('next')])).toThrow('first');
    const rest = [async () => {}, failing('late'), () => calls.push('last')];
    await expect(closeAll(rest)).rejects.toThrow('late');
    expect(calls).toEqual(['next', 'last']);
  });

  it('throws an AggregateError of all that failed', async () => {
    expect(() => closeAll([failing('one'), failing('two')])).toThrow(AggregateError);
    const closed = closeAll([failing('one'), async () => {}, failing('two')]);
    await expect(closed).rejects.toMatchObject({
      message: '2 of the callbacks for the end failed.',
      errors: [{ message: 'one' }, { message: 'two' }],
    });
  });
});
