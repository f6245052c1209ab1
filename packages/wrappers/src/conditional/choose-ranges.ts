import { type Environ, Range, RequestedRangeNotSatisfiable } from '@werkstatt/core';

/** Bytes from `start` up to but without `stop`. */
export type ByteRange = readonly [start: number, stop: number];

/** How many ranges may be asked for at once. */
export interface RangeLimits {
  /** How many ranges are answered at most; the whole is sent to a request for more. */
  readonly maxRanges: number;
  /** Whether several ranges are answered at all; with `false` they are not satisfiable. */
  readonly multipart: boolean;
}

/**
 * The ranges of bytes to answer a request with, in its order; `null` when the whole is to be sent:
 * there is no `Range`, it is of other units, or what it asks for is more than the whole, by the
 * number of ranges or by their bytes (RFC 9110 section 14.2).
 *
 * @param length the number of bytes of the whole.
 * @throws RequestedRangeNotSatisfiable when the ranges are malformed, or none of them exists.
 */
export function chooseRanges(
  environ: Environ,
  length: number,
  limits: RangeLimits,
): readonly ByteRange[] | null {
  const header = environ.HTTP_RANGE;
  // Some clients add a range to every request; of nothing, they get all there is.
  if (header === undefined || length === 0 || !/^[ \t]*bytes[ \t]*=/i.test(header)) return null;
  const range = Range.fromHeader(header, { anyOrder: true });
  if (!range) throw new RequestedRangeNotSatisfiable(undefined, { length });
  if (range.ranges.length > 1 && !limits.multipart) {
    throw new RequestedRangeNotSatisfiable(undefined, { length });
  }
  if (range.ranges.length > limits.maxRanges) return null;
  const ranges = range.rangesForLength(length);
  if (ranges.length === 0) throw new RequestedRangeNotSatisfiable(undefined, { length });
  const size = ranges.reduce((sum, [start, stop]) => sum + stop - start, 0);
  return size > length ? null : ranges;
}
