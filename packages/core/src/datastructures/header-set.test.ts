import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { MissingMemberError } from '../errors/missing-member-error.ts';
import { HeaderSet } from './header-set.ts';

describe('HeaderSet', () => {
  it('keeps members in order and as given, and knows them in any case', () => {
    const set = HeaderSet.fromHeader('Accept, "a b", cookie');
    expect([...set]).toEqual(['Accept', 'a b', 'cookie']);
    expect(set.has('COOKIE')).toBe(true);
    expect([set.find('A B'), set.find('x'), set.at(-1)]).toEqual([1, -1, 'cookie']);
    expect(set.toHeader()).toBe('Accept, "a b", cookie');
    expect([...set.asSet()]).toEqual(['accept', 'a b', 'cookie']);
    expect([...set.asSet(true)]).toEqual(['Accept', 'a b', 'cookie']);
  });

  it('tells of changes, and of nothing else', () => {
    const seen: string[] = [];
    const set = new HeaderSet(['a'], (changed) => seen.push(changed.toHeader()));
    set.add('A').add('b');
    set.update(['B', 'c', 'd']);
    set.discard('x');
    set.remove('a');
    set.setAt(0, 'e');
    set.removeAt(-1);
    set.clear();
    set.clear();
    expect(seen).toEqual(['a, b', 'a, b, c, d', 'b, c, d', 'e, c, d', 'e, c', '']);
    expect(set.size).toBe(0);
  });

  it('removes a member wherever it is repeated', () => {
    const set = HeaderSet.fromHeader('a, b, A');
    expect(set.size).toBe(2);
    expect(set.delete('A')).toBe(true);
    expect([...set]).toEqual(['b']);
  });

  it('says what is missing', () => {
    const set = new HeaderSet(['a']);
    expect(() => set.remove('b')).toThrow(MissingMemberError);
    expect(() => set.index('b')).toThrow(MissingMemberError);
    expect(() => set.removeAt(1)).toThrow(MissingMemberError);
    expect(() => set.setAt(-2, 'x')).toThrow(MissingMemberError);
  });

  it('shows its text when it is logged', () => {
    expect(inspect(new HeaderSet(['a', 'b']))).toBe('HeaderSet "a, b"');
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (members) => {
        expect([...HeaderSet.fromHeader(new HeaderSet(members).toHeader())]).toEqual(members);
      }),
    );
  });
});
