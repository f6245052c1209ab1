import { trimBlanks } from './blanks.ts';
import { unquoteHeaderValue } from './quote-header-value.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/**
 * Parses a list with commas (RFC 9110 section 5.6.1). Empty members are left out. A member in quotes
 * is unquoted; quotes within a member stay, and hold its commas together. A list with a quote that
 * nothing closes is empty: no member of it can be told for sure.
 */
export function parseListHeader(value: string | null | undefined): string[] {
  const members: string[] = [];
  if (!value) return members;
  for (let start = 0; start <= value.length; ) {
    const end = endOfMember(value, start);
    if (end < 0) return [];
    const member = trimBlanks(value.slice(start, end));
    if (member !== '') members.push(unquoteHeaderValue(member));
    start = end + 1;
  }
  return members;
}

/**
 * The index of the comma that ends the member which begins at `start`, or the length of the list;
 * -1 when a quote is not closed.
 */
export function endOfMember(list: string, start: number): number {
  let index = start;
  for (; index < list.length; index++) {
    const unit = list.charCodeAt(index);
    if (unit === COMMA) return index;
    if (unit !== QUOTE) continue;
    index = closingQuote(list, index + 1);
    if (index < 0) return -1;
  }
  return index;
}

/** The index of the quote that ends a quoted string whose text begins at `start`, or -1. */
export function closingQuote(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) return index;
    if (unit === BACKSLASH) index++;
  }
  return -1;
}
