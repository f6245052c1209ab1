import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { quoteHeaderValue, unquoteHeaderValue } from './quote-header-value.ts';

describe('quoteHeaderValue', () => {
  it('leaves tokens alone and quotes the rest', () => {
    expect(quoteHeaderValue('token')).toBe('token');
    expect(quoteHeaderValue('token', { allowToken: false })).toBe('"token"');
    expect(quoteHeaderValue('')).toBe('""');
    expect(quoteHeaderValue('a"b\\c')).toBe('"a\\"b\\\\c"');
    expect(quoteHeaderValue(5)).toBe('5');
  });
});

describe('unquoteHeaderValue', () => {
  it('takes quotes and backslashes away', () => {
    expect(unquoteHeaderValue('"a\\"b\\\\c\\x"')).toBe('a"b\\cx');
    expect(unquoteHeaderValue('"a"b"')).toBe('a"b');
  });

  it('leaves alone what is not in quotes', () => {
    expect(unquoteHeaderValue('a\\"b')).toBe('a\\"b');
    expect(unquoteHeaderValue('"half')).toBe('"half');
    expect(unquoteHeaderValue('"')).toBe('"');
  });

  it('undoes quoting', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(unquoteHeaderValue(quoteHeaderValue(text))).toBe(text);
      }),
    );
  });
});
