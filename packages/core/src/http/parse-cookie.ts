import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { trimBlanks } from './header-field.ts';
import { decodeUtf8, encodeUtf8 } from './latin1.ts';

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

function* cookiePairs(header: string): IterableIterator<[name: string, value: string]> {
  for (let index = 0; index < header.length; ) {
    const nameEnd = indexOfEither(header, '=', ';', index);
    const name = trimBlanks(header.slice(index, nameEnd));
    const hasValue = header[nameEnd] === '=';
    const end = hasValue ? valueEnd(header, nameEnd + 1) : nameEnd;
    if (name !== '') {
      const value = hasValue ? trimBlanks(header.slice(nameEnd + 1, end)) : '';
      yield [decodeUtf8(name), decodeUtf8(unquote(value))];
    }
    index = end + 1;
  }
}

/** Where the value that begins at `start` ends: at the `;` after it, or at the end of the header. */
function valueEnd(header: string, start: number): number {
  const open = skipBlanks(header, start);
  const close = header[open] === '"' ? closingQuote(header, open + 1) : -1;
  if (close > 0) {
    const next = skipBlanks(header, close + 1);
    if (next === header.length || header[next] === ';') return next;
  }
  const end = header.indexOf(';', start);
  return end < 0 ? header.length : end;
}

/**
 * The index of the quote that ends a quoted string, or -1. No search goes beyond the next value that
 * begins with a quote, so that all of them together stay linear.
 */
function closingQuote(header: string, index: number): number {
  while (index < header.length && header[index] !== '"') index += header[index] === '\\' ? 2 : 1;
  return index < header.length ? index : -1;
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value
    .slice(1, -1)
    .replace(ESCAPE, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
    );
}

function skipBlanks(text: string, index: number): number {
  while (text[index] === ' ' || text[index] === '\t') index++;
  return index;
}

function indexOfEither(text: string, one: string, other: string, from: number): number {
  let index = from;
  while (index < text.length && text[index] !== one && text[index] !== other) index++;
  return index;
}
