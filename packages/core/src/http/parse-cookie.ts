import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { skipBlanks, trimBlanks } from './blanks.ts';
import { decodeUtf8, encodeUtf8, isAscii } from './latin1.ts';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const ZERO = 0x30;

/**
 * Parses a `Cookie` header (RFC 6265 section 4.2). Cookies of the same name stay, in order; one
 * without a name is dropped, for it could pose as any other; one without a value has `''`.
 *
 * A value in quotes may hold `;`. Its escapes are undone: three octal digits are an octet, and any
 * other character after a backslash is itself. Names and values are read as UTF-8, and only blanks
 * (SP, HTAB) are trimmed.
 *
 * @param header the field's value as received, one code unit per octet.
 */
export function parseCookie(header: string | null | undefined): ImmutableMultiDict<string> {
  return new ImmutableMultiDict(cookiePairs(header ?? ''));
}

/** Parses the text of a `Cookie` header that is decoded already; otherwise as `parseCookie`. */
export function parseCookieText(text: string | null | undefined): ImmutableMultiDict<string> {
  return parseCookie(encodeUtf8(text ?? ''));
}

function cookiePairs(header: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  const ascii = isAscii(header);
  let equals = -1;
  for (let index = 0; index < header.length; ) {
    // Searched for again only once it is passed, so that all the searches are one walk.
    if (equals < index) equals = indexOrEnd(header, '=', index);
    let end = indexOrEnd(header, ';', index);
    const hasValue = equals < end;
    const name = trimBlanks(header, index, hasValue ? equals : end);
    let value = '';
    if (hasValue) {
      const start = skipBlanks(header, equals + 1);
      if (header.charCodeAt(start) === QUOTE) {
        end = quotedEnd(header, start) ?? end;
        value = decodeUtf8(unquote(trimBlanks(header, start, end)));
      } else {
        value = trimBlanks(header, equals + 1, end);
        if (!ascii) value = decodeUtf8(value);
      }
    }
    if (name !== '') pairs.push([ascii ? name : decodeUtf8(name), value]);
    index = end + 1;
  }
  return pairs;
}

/** Where a value ends that is all in quotes, which may have a `;` in it. */
function quotedEnd(header: string, open: number): number | undefined {
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

function unquote(value: string): string {
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

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length : index;
}
