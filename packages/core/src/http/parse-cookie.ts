import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { CookieText } from './cookie-text.ts';
import { encodeUtf8 } from './latin1.ts';

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
  return new ImmutableMultiDict(new CookieText(header ?? ''));
}

/** Parses the text of a `Cookie` header that is decoded already; otherwise as `parseCookie`. */
export function parseCookieText(text: string | null | undefined): ImmutableMultiDict<string> {
  return parseCookie(encodeUtf8(text ?? ''));
}
