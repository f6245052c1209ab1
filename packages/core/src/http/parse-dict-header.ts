import { trimBlanks } from './blanks.ts';
import { decodeExtended, isDecodable, splitExtendedValue } from './extended-value.ts';
import { closingQuote, endOfMember } from './parse-list-header.ts';
import { unquoteHeaderValue } from './quote-header-value.ts';

const QUOTE = 0x22;
const STAR = 0x2a;

/**
 * Parses a list of `name=value` (RFC 9110 section 5.6.6, as in challenges) to an object without a
 * prototype. Names keep their case, one without `=` has the value `null`, and of several with the
 * same name the last holds. A value in quotes is unquoted; that of `name*` is decoded (RFC 8187).
 * A list with a quote that nothing closes is empty.
 */
export function parseDictHeader(value: string | null | undefined): Record<string, string | null> {
  const dict: Record<string, string | null> = Object.create(null);
  eachDictMember(value, (name, text) => {
    dict[name] = text;
  });
  return dict;
}

/** Calls `add` for every member that has a name, in order; for details see `parseDictHeader`. */
export function eachDictMember(
  list: string | null | undefined,
  add: (name: string, value: string | null) => void,
): void {
  if (!list) return;
  if (list.includes('"') && !isClosed(list)) return;
  for (let start = 0; start < list.length; ) {
    const end = endOfMember(list, start);
    addMember(trimBlanks(list.slice(start, end)), add);
    start = end + 1;
  }
}

function isClosed(list: string): boolean {
  for (let index = 0; index < list.length; index++) {
    index = list.indexOf('"', index);
    if (index < 0) return true;
    index = closingQuote(list, index + 1);
    if (index < 0) return false;
  }
  return true;
}

function addMember(text: string, add: (name: string, value: string | null) => void): void {
  const member = text.charCodeAt(0) === QUOTE ? unquoteHeaderValue(text) : text;
  const equals = member.indexOf('=');
  if (equals < 0) {
    if (member !== '') add(member, null);
    return;
  }
  const name = trimBlanks(member.slice(0, equals));
  if (name === '') return;
  const value = trimBlanks(member.slice(equals + 1));
  if (name.charCodeAt(name.length - 1) !== STAR) add(name, unquoteHeaderValue(value));
  else if (name.length > 1) add(name.slice(0, -1), unquoteHeaderValue(decodeValue(value)));
}

function decodeValue(value: string): string {
  const extended = splitExtendedValue(value);
  if (!extended) return value;
  const { charset, text } = extended;
  return isDecodable(charset) ? decodeExtended(text, charset) : text;
}
