import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from '../http/blanks.ts';
import { isToken } from '../http/header-field.ts';
import { isByteRangeValid } from '../http/is-byte-range-valid.ts';
import { parseDigits } from '../http/plain-number.ts';
import { ContentRange } from './content-range.ts';
import { StructuredHeader } from './structured-header.ts';

/**
 * A range from `begin` up to but without `end`; null: to the end. A negative `begin`, with null, is
 * so many units from the end; `-0` is none of them.
 */
export type RangePair = readonly [begin: number, end: number | null];

/** How `Range.fromHeader` reads. */
export interface RangeOptions {
  /**
   * Takes ranges that overlap or are in disorder as well, which clients may send (RFC 9110 section
   * 14.2). Whoever answers them decides how many bytes that comes to. Default: false.
   */
  anyOrder?: boolean | undefined;
}

/** The ranges that a client asks for: `Range` (RFC 9110 section 14.2). It cannot be changed. */
export class Range extends StructuredHeader implements Iterable<RangePair> {
  /** Of what the ranges are: `bytes`, or what an application makes of it. */
  readonly units: string;
  readonly ranges: readonly RangePair[];

  /** @throws InvalidHeaderError when a range makes no sense. */
  constructor(units: string, ranges: Iterable<RangePair>) {
    super();
    this.units = units;
    this.ranges = [...ranges];
    if (!isToken(units) || this.ranges.length === 0 || !this.ranges.every(isPossible)) {
      throw new InvalidHeaderError(
        `${units}=${JSON.stringify(this.ranges)} is no range. Use a unit, and pairs of a begin and ` +
          'a later end; null stands for the end of everything.',
      );
    }
  }

  /**
   * Parses a header. Null: it is missing or malformed, or the ranges overlap or are in disorder, and
   * counts as missing.
   */
  static fromHeader(
    header: string | null | undefined,
    { anyOrder = false }: RangeOptions = {},
  ): Range | null {
    const equals = header ? header.indexOf('=') : -1;
    if (!header || equals < 0) return null;
    const units = header.startsWith('bytes=')
      ? 'bytes'
      : trimBlanks(header.slice(0, equals)).toLowerCase();
    const ranges = parseRanges(header, equals + 1, anyOrder);
    return ranges && isToken(units) ? new Range(units, ranges) : null;
  }

  [Symbol.iterator](): IterableIterator<RangePair> {
    return this.ranges.values();
  }

  /**
   * The one range of bytes in something of that length, its end exclusive. Null: the length is not
   * known, there are several ranges, or nothing of the range exists.
   */
  rangeForLength(length: number | null | undefined): [start: number, stop: number] | null {
    if (length == null || this.ranges.length !== 1) return null;
    return this.rangesForLength(length)[0] ?? null;
  }

  /**
   * All ranges of bytes that exist in something of that length, their ends exclusive, in the order of
   * the header. They may overlap.
   */
  rangesForLength(length: number): [start: number, stop: number][] {
    if (this.units !== 'bytes') return [];
    const found: [start: number, stop: number][] = [];
    for (const [begin, end] of this.ranges) {
      const start = isSuffix(begin) ? Math.max(length + begin, 0) : begin;
      const stop = Math.min(end ?? length, length);
      if (isByteRangeValid(start, stop, length)) found.push([start, stop]);
    }
    return found;
  }

  /** What a response with the one range would have as `Content-Range`, or null. */
  makeContentRange(length: number | null | undefined): ContentRange | null {
    const range = this.rangeForLength(length);
    if (!range) return null;
    return new ContentRange({ units: this.units, start: range[0], stop: range[1], length });
  }

  /** The same as text. */
  toContentRangeHeader(length: number | null | undefined): string | null {
    return this.makeContentRange(length)?.toHeader() ?? null;
  }

  /** The header's value. */
  override toHeader(): string {
    return `${this.units}=${this.ranges.map(dumpRange).join(',')}`;
  }
}

/** Reads the ranges from `start` on; null: one is malformed, or not after the one before. */
function parseRanges(header: string, start: number, anyOrder: boolean): RangePair[] | null {
  const ranges: RangePair[] = [];
  let lastEnd: number | null = 0;
  while (start <= header.length) {
    const comma = header.indexOf(',', start);
    const end = comma < 0 ? header.length : comma;
    const pair = parsePair(trimBlanks(header.slice(start, end)));
    if (!pair) return null;
    const isBehind = lastEnd !== null && (isSuffix(pair[0]) || pair[0] >= lastEnd);
    if (!isBehind && !anyOrder) return null;
    ranges.push(pair);
    lastEnd = pair[1];
    start = end + 1;
  }
  return ranges;
}

function parsePair(text: string): RangePair | null {
  const dash = text.indexOf('-');
  if (dash < 0) return null;
  const last = trimBlanks(text.slice(dash + 1));
  if (dash === 0) {
    const count = last.length === text.length - 1 ? parseDigits(last) : -1;
    return count < 0 ? null : [-count, null];
  }
  const begin = parseDigits(trimBlanks(text.slice(0, dash)));
  if (begin < 0) return null;
  if (last === '') return [begin, null];
  const end = parseDigits(last);
  return end < begin ? null : [begin, end + 1];
}

/** `bytes=-0` asks for nothing, and is told from `bytes=0-` by the sign of its zero. */
function isSuffix(begin: number): boolean {
  return begin < 0 || Object.is(begin, -0);
}

function isPossible([begin, end]: RangePair): boolean {
  if (!Number.isSafeInteger(begin)) return false;
  return end === null || (Number.isSafeInteger(end) && !isSuffix(begin) && begin < end);
}

function dumpRange([begin, end]: RangePair): string {
  if (isSuffix(begin)) return `-${-begin}`;
  return end === null ? `${begin}-` : `${begin}-${end - 1}`;
}
