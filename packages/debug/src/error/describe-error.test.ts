import { describe, expect, it } from 'vitest';
import { describeErrors } from './describe-error.ts';

describe('describeErrors', () => {
  it('tells class, message and frames of an error', () => {
    const [error] = describeErrors(new TypeError('no such thing'));
    expect(error).toMatchObject({
      relation: 'thrown',
      className: 'TypeError',
      message: 'no such thing',
    });
    expect(error?.frames[0]).toMatchObject({
      place: expect.stringMatching(/describe-error\.test\.ts:\d+:\d+$/),
      ofApplication: true,
    });
  });

  it('names the class where an error does not set its name', () => {
    class OutOfStock extends Error {}
    expect(describeErrors(new OutOfStock())[0]?.className).toBe('OutOfStock');
  });

  it('follows the chain of causes', () => {
    const error = new Error('outer', { cause: new Error('middle', { cause: 'inner' }) });
    expect(describeErrors(error).map(({ relation, message }) => [relation, message])).toEqual([
      ['thrown', 'outer'],
      ['cause', 'middle'],
      ['cause', "'inner'"],
    ]);
  });

  it('cuts a chain of causes that closes into a cycle', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(describeErrors(first).map(({ message }) => message)).toEqual(['first', 'second']);
  });

  it('cuts an endless chain of causes', () => {
    class Endless extends Error {
      override get cause(): Error {
        return new Endless();
      }
    }
    expect(describeErrors(new Endless()).length).toBe(12);
  });

  it('lists the members of an AggregateError', () => {
    const error = new AggregateError([new Error('one'), new RangeError('two')], 'both failed');
    expect(describeErrors(error).map(({ relation, className }) => [relation, className])).toEqual([
      ['thrown', 'AggregateError'],
      ['member', 'Error'],
      ['member', 'RangeError'],
    ]);
  });

  it.each([
    [null, 'Not an Error, but null', 'null'],
    [undefined, 'Not an Error, but undefined', 'undefined'],
    ['text', 'Not an Error, but of type string', "'text'"],
    [{ code: 7 }, 'Not an Error, but of type object', '{ code: 7 }'],
  ])('describes %o, which is no error', (thrown, className, message) => {
    expect(describeErrors(thrown)).toEqual([
      { relation: 'thrown', className, message, frames: [] },
    ]);
  });

  it('survives getters that throw', () => {
    const hostile = {};
    for (const key of ['stack', 'message', 'name', 'cause', 'errors', 'constructor']) {
      Object.defineProperty(hostile, key, {
        get() {
          throw new Error('no');
        },
      });
    }
    expect(describeErrors(hostile)[0]?.className).toMatch(/^Not an Error/);
  });

  it('survives a proxy whose every trap throws', () => {
    const trap = () => {
      throw new Error('no');
    };
    const hostile = new Proxy(new Error('inside'), { get: trap, has: trap, ownKeys: trap });
    expect(describeErrors(hostile)).toHaveLength(1);
  });

  it('bounds a message of a megabyte, and still finds the frames behind it', () => {
    const [error] = describeErrors(new Error('m'.repeat(1_048_576)));
    expect(error?.message.length).toBeLessThan(10_100);
    expect(error?.message).toContain('1,038,576 more characters');
    expect(error?.frames.length).toBeGreaterThan(0);
  });

  it('writes controls and direction marks of a message as escapes', () => {
    expect(describeErrors(new Error('a\x1b[31m\0b\u202ec\nd'))[0]?.message).toBe(
      'a\\x1b[31m\\x00b\\u202ec\nd',
    );
  });
});
