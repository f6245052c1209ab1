/** Dates as HTTP counts them: in UTC, in the Gregorian calendar, without leap seconds. */

/** The names of the days, from the Sunday on. */
export const DAY_NAMES: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The names of the months. */
export const MONTH_NAMES: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

const MONTH_LENGTHS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE: readonly number[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_BEFORE_1970 = 719_162;

/**
 * Milliseconds since 1970 for a time of day in UTC; `NaN` when there is no such day or time. A
 * leap second is not a time here.
 *
 * @param year from 1 to 9999.
 * @param month from 0 to 11.
 */
export function utcTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const monthLength = MONTH_LENGTHS[month]! + (isLeap && month === 1 ? 1 : 0);
  const isTime = hour < 24 && minute < 60 && second < 60;
  if (year < 1 || year > 9999 || day < 1 || day > monthLength || !isTime) return Number.NaN;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const dayOfYear = DAYS_BEFORE[month]! + day - 1 + (isLeap && month > 1 ? 1 : 0);
  const days = before * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}
