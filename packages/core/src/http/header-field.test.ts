import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { checkHeaderName, checkHeaderValue, isToken } from './header-field.ts';

describe('checkHeaderName', () => {
  it('takes tokens and nothing else', () => {
    for (const name of ['Content-Type', 'x', "!#$%&'*+-.^_`|~09"]) {
      expect(checkHeaderName(name)).toBe(name);
    }
    for (const name of ['', 'X A', 'X-A:', 'X\r\nY', 'é', '\u010a', ' X']) {
      expect(isToken(name)).toBe(false);
      expect(() => checkHeaderName(name)).toThrow(InvalidHeaderError);
    }
  });
});

describe('checkHeaderValue', () => {
  it('trims blanks at the ends and no other white space', () => {
    expect(checkHeaderValue('X', ' \ta b\t ')).toBe('a b');
    expect(checkHeaderValue('X', '\u00a0a')).toBe('\u00a0a');
    expect(checkHeaderValue('X', ' ')).toBe('');
    expect(checkHeaderValue('X', 5)).toBe('5');
  });

  it('refuses what would end the field, on the wire too', () => {
    for (const value of ['a\nb', 'a\r', '\n', '\0', '\x0b', '\x7f', 'a\u010a', '\u560d\u560a']) {
      expect(() => checkHeaderValue('X', value), JSON.stringify(value)).toThrow(InvalidHeaderError);
    }
  });

  it('says where the fault is and what to do, and does not repeat the value', () => {
    const error = (() => {
      try {
        return checkHeaderValue('X-Token', 'secret\n');
      } catch (thrown) {
        return thrown as InvalidHeaderError;
      }
    })() as InvalidHeaderError;
    expect(error.message).toMatch(/X-Token has U\+000A at index 6.*Take line ends/);
    expect(error.message).not.toContain('secret');
    expect(error.code).toBe('WERKSTATT_ERR_INVALID_HEADER');
    expect(error).toBeInstanceOf(TypeError);
  });

  it('refuses other types', () => {
    expect(() => checkHeaderValue('X', null as never)).toThrow(/is of type null/);
    expect(() => checkHeaderValue('X', undefined as never)).toThrow(InvalidHeaderError);
  });

  it('lets through only what is the same octets on the wire', () => {
    fc.assert(
      fc.property(anyText(), (value) => {
        try {
          const checked = checkHeaderValue('X', value);
          expect(checked).not.toMatch(/[^\t\x20-\x7e\x80-\xff]|^[ \t]|[ \t]$/);
          expect(value).toContain(checked);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidHeaderError);
        }
      }),
    );
  });
});
