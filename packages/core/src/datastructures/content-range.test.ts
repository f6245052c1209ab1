import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { ContentRange } from './content-range.ts';

describe('ContentRange', () => {
  it('reads a range with an exclusive end, a length, or neither', () => {
    expect(ContentRange.fromHeader(' bytes  0-98/* ')).toMatchObject({
      units: 'bytes',
      start: 0,
      stop: 99,
      length: null,
    });
    expect(ContentRange.fromHeader('bytes */100')).toMatchObject({ start: null, length: 100 });
  });

  it('takes what is malformed for no header', () => {
    const headers = ['bytes', 'bytes 0-1', 'bytes 5-4/9', 'bytes 0-1/x', 'bytes 9-9/9', 'b/ 0-1/2'];
    for (const header of headers) expect(ContentRange.fromHeader(header), header).toBeNull();
    expect(ContentRange.fromHeader(null)).toBeNull();
  });

  it('tells of changes, and makes none that makes no sense', () => {
    const seen: string[] = [];
    const range = new ContentRange({ units: null }, (changed) => seen.push(changed.toHeader()));
    expect([range.isEmpty, range.toHeader()]).toEqual([true, '']);
    range.set(0, 5, 10);
    range.length = 20;
    range.units = 'items';
    expect(() => range.set(5, 3, 10)).toThrow(InvalidHeaderError);
    range.unset();
    expect(seen).toEqual(['bytes 0-4/10', 'bytes 0-4/20', 'items 0-4/20', '']);
  });

  it('refuses parts that cannot be sent', () => {
    expect(() => new ContentRange({ units: 'a b' })).toThrow(InvalidHeaderError);
    expect(() => new ContentRange({ units: 'bytes', length: 1.5 })).toThrow(InvalidHeaderError);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.option(fc.nat()), (start, length, more) => {
        const stop = start + length + 1;
        const init = { units: 'bytes', start, stop, length: more === null ? null : stop + more };
        expect(ContentRange.fromHeader(new ContentRange(init).toHeader())).toMatchObject(init);
      }),
    );
  });

  it('reads what it writes without a range, in any unit, and up to the greatest number that is kept', () => {
    const units = fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,8}$/);
    const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 1 });
    const positions = fc.uniqueArray(number, { minLength: 2, maxLength: 2 });
    const length = fc.option(number);
    fc.assert(
      fc.property(units, fc.option(positions), length, (unit, pair, total) => {
        const [start = null, stop = null] = pair?.sort((one, other) => one - other) ?? [];
        const isWithin = stop === null || total === null || stop <= total;
        const init = { units: unit, start, stop, length: isWithin ? total : stop };
        expect(ContentRange.fromHeader(new ContentRange(init).toHeader())).toMatchObject(init);
      }),
    );
  });
});
