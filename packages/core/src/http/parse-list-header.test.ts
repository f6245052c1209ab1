import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { dumpHeader } from './dump-header.ts';
import { parseListHeader } from './parse-list-header.ts';

describe('parseListHeader', () => {
  it('splits at commas outside of quotes and leaves empty members out', () => {
    expect(parseListHeader(' a ,, "b, \\"c\\"" ,\td="e, f" g')).toEqual([
      'a',
      'b, "c"',
      'd="e, f" g',
    ]);
    expect(parseListHeader('"", a')).toEqual(['', 'a']);
    expect(parseListHeader(null)).toEqual([]);
  });

  it('gives nothing when a quote is not closed', () => {
    expect(parseListHeader('a, "b')).toEqual([]);
    expect(parseListHeader('a, "b\\"')).toEqual([]);
  });

  it('reads what dumpHeader writes', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (members) => {
        expect(parseListHeader(dumpHeader(members))).toEqual(members);
      }),
    );
  });

  it('takes any text', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', ',', ' ', 'a') });
    fc.assert(
      fc.property(text, (header) => {
        for (const member of parseListHeader(header)) expect(header).toContain(member.slice(0, 1));
      }),
    );
  });
});
