import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IfRange } from './if-range.ts';

describe('IfRange', () => {
  it('has a tag or a date', () => {
    expect(IfRange.fromHeader('"a"')).toMatchObject({ etag: 'a', date: null });
    expect(IfRange.fromHeader('Sun, 06 Nov 1994 08:49:37 GMT')).toMatchObject({
      etag: null,
      date: new Date('1994-11-06T08:49:37Z'),
    });
  });

  it('has nothing of a weak tag, or of no header', () => {
    expect(IfRange.fromHeader('W/"a"').toHeader()).toBe('');
    expect(IfRange.fromHeader(null).toHeader()).toBe('');
  });

  it('reads what it writes', () => {
    const date = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (exact) => {
        const second = new Date(Math.floor(exact.getTime() / 1000) * 1000);
        expect(IfRange.fromHeader(new IfRange({ date: second }).toHeader()).date).toEqual(second);
      }),
    );
    expect(IfRange.fromHeader(new IfRange({ etag: 'a' }).toHeader()).etag).toBe('a');
  });

  it('reads any tag that it writes, even one that looks like a date', () => {
    const tag = fc.stringMatching(/^[!#-~\x80-\xff]{1,12}$/);
    const date = fc.date({ noInvalidDate: true }).map((exact) => exact.toUTCString());
    fc.assert(
      fc.property(fc.oneof(tag, date), (etag) => {
        const read = IfRange.fromHeader(new IfRange({ etag }).toHeader());
        expect([read.etag, read.date]).toEqual([etag, null]);
      }),
    );
  });
});
