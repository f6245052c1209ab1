import { skipBlanks } from './blanks.ts';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const ZERO = 0x30;

/** Where a value ends that is all in quotes, which may have a `;` in it. */
export function quotedEnd(header: string, open: number): number | undefined {
  const close = closingQuote(header, open + 1);
  if (close < 0) return undefined;
  const next = skipBlanks(header, close + 1);
  const isEnd = next === header.length || header.charCodeAt(next) === SEMICOLON;
  return isEnd ? next : undefined;
}

/**
 * The index of the quote that ends a quoted string, or -1. No search goes beyond the next value that
 * begins with a quote, so that all of them together stay linear.
 */
function closingQuote(header: string, index: number): number {
  for (; index < header.length; index++) {
    const unit = header.charCodeAt(index);
    if (unit === QUOTE) return index;
    if (unit === BACKSLASH) index++;
  }
  return -1;
}

/** A value without its quotes, its escapes undone; one that is not in quotes as it is. */
export function unquote(value: string): string {
  if (value.length < 2 || !value.endsWith('"')) return value;
  const end = value.length - 1;
  let text = '';
  let copied = 1;
  let backslash = value.indexOf('\\', 1);
  while (backslash > 0 && backslash < end - 1) {
    const octet = octalAt(value, backslash + 1, end);
    const character = octet < 0 ? value.charAt(backslash + 1) : String.fromCharCode(octet);
    text += value.slice(copied, backslash) + character;
    copied = backslash + (octet < 0 ? 2 : 4);
    backslash = value.indexOf('\\', copied);
  }
  return text + value.slice(copied, end);
}

/** The octet that three octal digits at `start` are, or -1. */
function octalAt(text: string, start: number, end: number): number {
  if (start + 3 > end) return -1;
  const high = text.charCodeAt(start) - ZERO;
  const middle = text.charCodeAt(start + 1) - ZERO;
  const low = text.charCodeAt(start + 2) - ZERO;
  const areDigits = isUpTo(high, 3) && isUpTo(middle, 7) && isUpTo(low, 7);
  return areDigits ? high * 64 + middle * 8 + low : -1;
}

function isUpTo(digit: number, most: number): boolean {
  return digit >= 0 && digit <= most;
}
