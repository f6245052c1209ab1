import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { decodeUtf8, encodeUtf8, isAscii } from './latin1.ts';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const ESCAPE = /\\([0-3][0-7]{2}|.)/gs;

/**
 * Parses a `Cookie` header. Cookies of the same name stay, in order; one without a name is dropped,
 * for it could pose as any other; one without a value has `''`.
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
    const name = trimmedSlice(header, index, hasValue ? equals : end);
    let value = '';
    if (hasValue) {
      const start = skipBlanks(header, equals + 1);
      if (header.charCodeAt(start) === QUOTE) {
        end = quotedEnd(header, start) ?? end;
        value = decodeUtf8(unquote(trimmedSlice(header, start, end)));
      } else {
        value = trimmedSlice(header, equals + 1, end);
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
  const text = value.slice(1, -1);
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
  );
}

/** A part of a text, without the blanks (SP, HTAB) at its ends. */
function trimmedSlice(text: string, start: number, end: number): string {
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (start < end && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function skipBlanks(text: string, index: number): number {
  while (isBlank(text.charCodeAt(index))) index++;
  return index;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length : index;
}
