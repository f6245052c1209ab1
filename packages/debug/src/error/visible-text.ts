/**
 * What would drive a terminal, end a line of a log or turn the direction of text: C0, DEL and C1
 * controls but tab and line feed, U+2028 and U+2029, and the bidirectional marks.
 */
const INVISIBLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Writes invisible controls as escapes, so that text shows what it holds. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** The first `length` characters, and how many were left out. */
export function bounded(text: string, length: number): string {
  if (text.length <= length) return text;
  const left = (text.length - length).toLocaleString('en');
  return `${text.slice(0, length)}… (${left} more characters)`;
}
