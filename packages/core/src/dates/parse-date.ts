import { utcTime } from './calendar.ts';
import { parseOldDate } from './parse-old-date.ts';

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/**
 * Parses a date of a header (RFC 9110 section 5.6.7): an IMF-fixdate, a date of RFC 850, or one of
 * `asctime()`; also the looser forms of mail (RFC 5322 section 3.3), with numeric offsets and the
 * zones of North America. Of a year with two digits, 69 to 99 are in the last century, the others
 * in this one. The name of the day is not compared with the date.
 *
 * @returns `null` for anything else, and for a day or time that does not exist.
 */
export function parseDate(value: string | null | undefined): Date | null {
  if (!value) return null;
  const time = parseImfFixdate(value);
  if (!Number.isNaN(time)) return new Date(time);
  return parseOldDate(value);
}

/** The form that everyone sends, by its positions: `Sun, 06 Nov 1994 08:49:37 GMT`. */
function parseImfFixdate(text: string): number {
  if (text.length !== 29 || !text.endsWith(' GMT') || !hasImfMarks(text)) return Number.NaN;
  const month = monthAt(text, 8);
  if (month < 0 || !isLetter(text, 0) || !isLetter(text, 1) || !isLetter(text, 2)) {
    return Number.NaN;
  }
  // A piece that is no number is NaN, and so is then the time.
  return utcTime(
    twoDigits(text, 12) * 100 + twoDigits(text, 14),
    month,
    twoDigits(text, 5),
    twoDigits(text, 17),
    twoDigits(text, 20),
    twoDigits(text, 23),
  );
}

function hasImfMarks(text: string): boolean {
  return (
    text.charCodeAt(3) === 0x2c &&
    text.charCodeAt(4) === 0x20 &&
    text.charCodeAt(7) === 0x20 &&
    text.charCodeAt(11) === 0x20 &&
    text.charCodeAt(16) === 0x20 &&
    text.charCodeAt(19) === 0x3a &&
    text.charCodeAt(22) === 0x3a
  );
}

function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 0x30;
  const ones = text.charCodeAt(index + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function isLetter(text: string, index: number): boolean {
  const lower = text.charCodeAt(index) | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** The number of the month whose name in title case stands at `index`; -1 for none. */
function monthAt(text: string, index: number): number {
  const found = MONTHS.indexOf(text.slice(index, index + 3));
  return found % 3 === 0 ? found / 3 : -1;
}
