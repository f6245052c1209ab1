import { ContentRange, type ContentRangeInit, isByteRangeValid, Range } from '@werkstatt/core';
import type { Calls } from './call.ts';

type Pairs = [begin: number, end: number | null][];

function rangeParts(range: Range | null): unknown {
  return range && { units: range.units, ranges: range.ranges };
}

function contentRangeParts(range: ContentRange | null): unknown {
  if (range === null) return null;
  const { units, start, stop, length } = range;
  return { units, start, stop, length };
}

/** The calls of `http-range`. */
export const rangeCalls: Calls = {
  parseRange: (header: string | null) => rangeParts(Range.fromHeader(header)),
  rangeToHeader: (units: string, ranges: Pairs) => new Range(units, ranges).toHeader(),
  rangeConstruct: (units: string, ranges: Pairs) => rangeParts(new Range(units, ranges)),
  rangeForLength: (header: string, length: number | null) =>
    Range.fromHeader(header)?.rangeForLength(length),
  rangeToContentRangeHeader: (header: string, length: number | null) =>
    Range.fromHeader(header)?.toContentRangeHeader(length),
  rangeMakeContentRange: (header: string, length: number | null) =>
    contentRangeParts(Range.fromHeader(header)?.makeContentRange(length) ?? null),
  parseContentRange: (header: string | null) => contentRangeParts(ContentRange.fromHeader(header)),
  contentRangeToHeader: (parts: ContentRangeInit) => new ContentRange(parts).toHeader(),
  contentRangeSet(
    header: string | null,
    change: [start: number, stop: number, length?: number, units?: string] | null,
  ) {
    const range = ContentRange.fromHeader(header) ?? new ContentRange({ units: null });
    if (change) range.set(...change);
    else range.unset();
    return { header: range.toHeader(), truthy: !range.isEmpty };
  },
  isByteRangeValid: (start: number | null, stop: number | null, length: number | null) =>
    isByteRangeValid(start, stop, length),
};
