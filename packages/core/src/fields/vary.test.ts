import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { Vary } from './vary.ts';

describe('Vary', () => {
  it('is a set of names in which case does not matter', () => {
    const vary = Vary.fromHeader('Accept-Encoding,  Cookie ,,a b, é, Origin');
    expect([...vary]).toEqual(['Accept-Encoding', 'Cookie', 'Origin']);
    expect(vary.has('COOKIE')).toBe(true);
    expect(vary.has('Accept')).toBe(false);
    expect(vary.size).toBe(3);
    expect(vary.toHeader()).toBe('Accept-Encoding, Cookie, Origin');
    expect(Vary.fromHeader(null).toHeader()).toBe('');
  });

  it('stands for everything with an asterisk', () => {
    const vary = Vary.fromHeader('Accept, *');
    expect(vary.isAny).toBe(true);
    expect(vary.has('X-Any')).toBe(true);
    expect(vary.toHeader()).toBe('*');
  });

  it('tells of changes, and of nothing else', () => {
    const told: string[] = [];
    const vary = new Vary(['Accept'], (changed) => told.push(changed.toHeader()));
    vary.add('accept');
    vary.update(['Cookie', 'Origin']);
    vary.delete('x');
    vary.delete('ACCEPT');
    vary.clear();
    vary.clear();
    expect(told).toEqual(['Accept, Cookie, Origin', 'Cookie, Origin', '']);
  });

  it('refuses what is no name, and then changes nothing', () => {
    const vary = new Vary();
    expect(() => vary.update(['Accept', 'a\r\nb'])).toThrow(InvalidHeaderError);
    expect(vary.size).toBe(0);
  });

  it('shows its value when it is logged', () => {
    expect(inspect(new Vary(['Accept', 'Cookie']))).toBe('Vary "Accept, Cookie"');
  });

  it('is read back as it was written', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[\w!#$%&'+.^`|~-]+$/), {
      selector: (name) => name.toLowerCase(),
    });
    fc.assert(
      fc.property(names, (list) => {
        expect([...Vary.fromHeader(new Vary(list).toHeader())]).toEqual(list);
      }),
    );
  });
});
