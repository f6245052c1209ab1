import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { Range, type RangePair } from './range.ts';

describe('Range', () => {
  it('has ranges with an exclusive end', () => {
    expect(Range.fromHeader(' Bytes = 0-4 , 10 - 14, -3')).toMatchObject({
      units: 'bytes',
      ranges: [
        [0, 5],
        [10, 15],
        [-3, null],
      ],
    });
    expect(inspect(Range.fromHeader('bytes=5-'))).toBe('Range "bytes=5-"');
  });

  it('takes what overlaps, is in disorder or malformed for no header', () => {
    const headers = ['bytes', 'bytes=', 'bytes=5', 'bytes=-', 'bytes=2-1', 'bytes=0-1,1-2', '=1-2'];
    headers.push(
      'bytes=-1,0-1',
      'bytes=0-,5-',
      'bytes=0x1-2',
      'bytes=+1-2',
      'bytes=1-2,',
      'bytes=1--2',
    );
    for (const header of headers) expect(Range.fromHeader(header), header).toBeNull();
  });

  it('makes one range of bytes of what exists of it', () => {
    const forLength = (header: string, length: number | null) =>
      Range.fromHeader(header)?.rangeForLength(length);
    expect(forLength('bytes=2-499', 10)).toEqual([2, 10]);
    expect(forLength('bytes=-4', 10)).toEqual([6, 10]);
    expect(forLength('bytes=-40', 10)).toEqual([0, 10]);
    expect(forLength('bytes=10-', 10)).toBeNull();
    expect(forLength('bytes=0-1,3-4', 10)).toBeNull();
    expect(forLength('items=0-1', 10)).toBeNull();
    expect(forLength('bytes=0-1', null)).toBeNull();
  });

  it('takes ranges in any order if told to, and gives those that exist', () => {
    const read = (header: string) => Range.fromHeader(header, { anyOrder: true });
    expect(read('bytes=5-6,0-5,-2,20-,-0')?.rangesForLength(10)).toEqual([
      [5, 7],
      [0, 6],
      [8, 10],
    ]);
    expect(read('items=0-5')?.rangesForLength(10)).toEqual([]);
    expect(read('bytes=5-6,x')).toBeNull();
  });

  it('tells no bytes at the end from all bytes', () => {
    const none = Range.fromHeader('bytes=-0');
    expect([none?.rangeForLength(10), none?.toHeader()]).toEqual([null, 'bytes=-0']);
  });

  it('takes numbers that are too large for the largest', () => {
    const huge = '9'.repeat(400);
    expect(Range.fromHeader(`bytes=0-${huge}`)?.rangeForLength(10)).toEqual([0, 10]);
    expect(Range.fromHeader(`bytes=${huge}-`)?.rangeForLength(10)).toBeNull();
    expect(Range.fromHeader(`bytes=-${huge}`)?.rangeForLength(10)).toEqual([0, 10]);
  });

  it('makes the Content-Range of a response', () => {
    const range = Range.fromHeader('bytes=3-');
    expect(range?.toContentRangeHeader(10)).toBe('bytes 3-9/10');
    expect(range?.makeContentRange(3)).toBeNull();
  });

  it('refuses ranges that cannot be', () => {
    const impossible: RangePair[] = [
      [5, 5],
      [-5, 3],
      [0.5, 2],
      [Number.NaN, null],
    ];
    for (const pair of impossible) {
      expect(() => new Range('bytes', [pair])).toThrow(InvalidHeaderError);
    }
    expect(() => new Range('by tes', [[0, 1]])).toThrow(InvalidHeaderError);
    expect(() => new Range('bytes', [])).toThrow(InvalidHeaderError);
  });

  it('reads what it writes', () => {
    const steps = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(steps, fc.boolean(), (list, isOpen) => {
        let position = 0;
        const ranges = list.map(([gap, length]): RangePair => {
          const begin = position + gap;
          position = begin + length;
          return [begin, position];
        });
        if (isOpen) ranges.push([position, null]);
        const range = new Range('bytes', ranges);
        expect(Range.fromHeader(range.toHeader())?.ranges).toEqual(ranges);
      }),
    );
  });
});
