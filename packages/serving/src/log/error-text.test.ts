import { describe, expect, it } from 'vitest';
import { errorText, requestErrorText } from './error-text.ts';

describe('requestErrorText', () => {
  it('has the stack under a heading', () => {
    const error = new TypeError('no such thing');
    expect(requestErrorText(error)).toBe(`Error on request:\n${error.stack}`);
  });
});

describe('errorText', () => {
  it('goes on with the causes and the members of an AggregateError', () => {
    const inner = new Error('inner', { cause: 'a string' });
    const text = errorText(new AggregateError([inner, 'not an error'], 'outer'));
    expect(text).toMatch(/^AggregateError: outer\n.*\nOne of its errors: Error: inner\n/s);
    expect(text).toMatch(/\nCaused by: 'a string'$/);
  });

  it('ends although a cause is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(errorText(error)).toBe(error.stack);
  });

  it('escapes what would drive a terminal, and keeps the lines of a stack', () => {
    const text = errorText(new Error('\x1b]52;c;AAAA\x07 \x9b2J \u202e \r'));
    expect(text).toMatch(/^Error: \\x1b\]52;c;AAAA\\x07 \\x9b2J \\u202e \\x0d\n {4}at /);
  });

  it('indents the lines of a message, so that none passes for a line of the log', () => {
    const text = errorText(new Error('a\n127.0.0.1 - - [x] "GET / HTTP/1.1" 200 1'));
    expect(text).toMatch(/^Error: a\n {4}127\.0\.0\.1 /);
  });

  it('says what was thrown when it is no Error', () => {
    expect(errorText(null)).toBe('Thrown, though not an Error: null');
    expect(errorText(undefined)).toBe('Thrown, though not an Error: undefined');
    expect(errorText('a\nb')).toBe("Thrown, though not an Error: 'a\\nb'");
    expect(errorText({ code: 7 })).toBe('Thrown, though not an Error: { code: 7 }');
  });

  it('survives getters and proxies that throw', () => {
    const hostile = new Error('x');
    for (const key of ['stack', 'message', 'name', 'cause', 'errors']) {
      Object.defineProperty(hostile, key, {
        get() {
          throw new Error('hostile');
        },
      });
    }
    const trap = () => {
      throw new Error('hostile');
    };
    expect(errorText(hostile)).toContain('Thrown');
    expect(errorText(new Proxy({}, { get: trap, getPrototypeOf: trap, ownKeys: trap }))).toContain(
      'Thrown',
    );
  });

  it('is bounded', () => {
    let error = new Error('x'.repeat(1_000_000));
    for (let i = 0; i < 100; i++) error = new Error('y'.repeat(10_000), { cause: error });
    expect(errorText(error).length).toBeLessThan(33_000);
    expect(errorText('z'.repeat(1_000_000)).length).toBeLessThan(3_000);
  });
});
