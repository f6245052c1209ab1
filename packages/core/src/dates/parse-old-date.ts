import { DAY_NAMES, MONTH_NAMES, utcTime } from './calendar.ts';

const DAYS: ReadonlySet<string> = new Set(DAY_NAMES.map((name) => name.toLowerCase()));

/** The numbers of the months by their names in lower case, short and long. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ...MONTH_NAMES,
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ].map((name, index) => [name.toLowerCase(), index % 12]),
);

/** The zones of RFC 5322 section 4.3, in hours from UTC. Any other name stands for UTC. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
]);

const MAX_WORDS = 6;
const NAME = /^[a-z]{1,9}$/;
const DAY = /^[0-9]{1,2}$/;
const YEAR = /^(?:[0-9]{2}|[0-9]{4})$/;
const TIME = /^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?$/;
const OFFSET = /^([+-])([0-9]{2})([0-9]{2})$/;

/** What stands at which place, in words in lower case. */
interface DateWords {
  day: string;
  month: string;
  year: string;
  time: string;
  zone: string;
}

/**
 * Parses the forms of a date that are read and no longer written: those of RFC 850 and of
 * `asctime()`, and what RFC 5322 allows.
 *
 * @returns `null` for anything else.
 */
export function parseOldDate(text: string): Date | null {
  const words = wordsOf(text);
  const found = words && arrange(words);
  if (!found) return null;
  const month = MONTHS.get(found.month);
  const time = TIME.exec(found.time);
  const offset = offsetMinutes(found.zone);
  if (month === undefined || !time || offset === null) return null;
  if (!DAY.test(found.day) || !YEAR.test(found.year)) return null;
  const [, hour, minute, second = '0'] = time;
  const local = utcTime(
    fullYear(found.year),
    month,
    Number(found.day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return Number.isNaN(local) ? null : new Date(local - offset * 60_000);
}

/**
 * The words between blanks, in lower case and without the day's name; `null` when there are more
 * than any date has. A comma ends a word.
 */
function wordsOf(text: string): string[] | null {
  const words: string[] = [];
  let start = -1;
  for (let index = 0; index <= text.length; index++) {
    const unit = index < text.length ? text.charCodeAt(index) : 0x20;
    if (unit !== 0x20 && unit !== 0x09 && unit !== 0x2c) {
      if (start < 0) start = index;
      continue;
    }
    if (start < 0) continue;
    const word = text.slice(start, index).toLowerCase();
    start = -1;
    if (words.length === 0 && isDayName(word, unit === 0x2c)) {
      words.push('');
      continue;
    }
    if (words.length === MAX_WORDS) return null;
    words.push(word);
  }
  return words[0] === '' ? words.slice(1) : words;
}

function isDayName(word: string, beforeComma: boolean): boolean {
  return DAYS.has(word) || (beforeComma && NAME.test(word));
}

function arrange(words: readonly string[]): DateWords | null {
  // RFC 850: 06-Nov-94
  const [first = '', ...others] = words;
  const [one = '', two = '', ...rest] = first.includes('-')
    ? [...first.split('-', 4), ...others]
    : words;
  if (rest.length < 2 || rest.length > 3) return null;
  const [day, month] = MONTHS.has(one) ? [two, one] : [one, two];
  const [third = '', fourth = '', fifth = ''] = rest;
  if (!third.includes(':')) {
    const [time = '', ...signed] = fifth === '' ? splitOffset(fourth) : [fourth];
    return { day, month, year: third, time, zone: signed[0] ?? fifth };
  }
  // asctime(), and the same with a zone before or after the year.
  return NAME.test(fourth)
    ? { day, month, year: fifth, time: third, zone: fourth }
    : { day, month, year: fourth, time: third, zone: fifth };
}

/** A time with an offset right after it, in two. */
function splitOffset(word: string): string[] {
  const sign = Math.max(word.indexOf('+'), word.indexOf('-'));
  return sign > 0 ? [word.slice(0, sign), word.slice(sign)] : [word];
}

/** The minutes that a zone is ahead of UTC; `null` for what is no zone. */
function offsetMinutes(zone: string): number | null {
  const match = OFFSET.exec(zone);
  if (!match) return zone === '' || NAME.test(zone) ? (ZONES.get(zone) ?? 0) * 60 : null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes >= 24 * 60) return null;
  return match[1] === '-' ? -minutes : minutes;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}
