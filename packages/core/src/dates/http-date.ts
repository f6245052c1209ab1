import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { DAY_NAMES, MONTH_NAMES } from './calendar.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2000, 0, 1) - 730_119 * DAY; // the first day of year 1
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, number) =>
  String(number).padStart(2, '0'),
);

/** The last day that was written, and its text: times written one after another are of one day. */
let lastDay = Number.NaN;
let lastText = '';

/**
 * Writes a date for a header, as IMF-fixdate (RFC 9110 section 5.6.7):
 * `Sun, 06 Nov 1994 08:49:37 GMT`. Fractions of a second are cut off.
 *
 * @param date a time, or seconds since 1970. Default: now.
 * @throws InvalidHeaderError when it is no time, or one before year 1 or after year 9999.
 */
export function httpDate(date?: Date | number | null): string {
  const time = date == null ? Date.now() : typeof date === 'number' ? date * 1000 : date.getTime();
  if (!(time >= FIRST && time <= LAST)) throw unwritable(time);
  const day = Math.floor(time / DAY);
  if (day !== lastDay) {
    lastText = dayText(new Date(day * DAY));
    lastDay = day;
  }
  const second = Math.floor((time - day * DAY) / 1000);
  const minute = Math.floor(second / 60);
  const hour = Math.floor(minute / 60);
  return `${lastText}${TWO_DIGITS[hour]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]} GMT`;
}

function dayText(day: Date): string {
  const year = String(day.getUTCFullYear()).padStart(4, '0');
  const month = MONTH_NAMES[day.getUTCMonth()];
  return `${DAY_NAMES[day.getUTCDay()]}, ${TWO_DIGITS[day.getUTCDate()]} ${month} ${year} `;
}

function unwritable(time: number): InvalidHeaderError {
  const what = Number.isNaN(time) ? 'is no time' : 'is before year 1 or after year 9999';
  return new InvalidHeaderError(
    `The date ${what}, and no header can hold it. Pass a valid Date, or seconds since 1970.`,
  );
}
