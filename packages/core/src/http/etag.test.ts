import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { quoteEtag, unquoteEtag } from './etag.ts';

describe('quoteEtag', () => {
  it('quotes a tag and marks a weak one', () => {
    expect(quoteEtag('a b')).toBe('"a b"');
    expect(quoteEtag('a', { weak: true })).toBe('W/"a"');
  });

  it('lets no quote end the tag', () => {
    expect(() => quoteEtag('a"b')).toThrow(InvalidHeaderError);
  });
});

describe('unquoteEtag', () => {
  it('takes tags as clients send them', () => {
    expect(unquoteEtag(' w/"a" ')).toEqual(['a', true]);
    expect(unquoteEtag('a')).toEqual(['a', false]);
    expect(unquoteEtag('"a')).toEqual(['"a', false]);
    expect(unquoteEtag('')).toEqual([null, null]);
    expect(unquoteEtag(null)).toEqual([null, null]);
  });

  it('undoes quoteEtag', () => {
    const tag = anyText().filter((text) => !text.includes('"'));
    fc.assert(
      fc.property(tag, fc.boolean(), (text, weak) => {
        expect(unquoteEtag(quoteEtag(text, { weak }))).toEqual([text, weak]);
      }),
    );
  });
});
