/** Blanks in fields: space and tab, which RFC 9110 section 5.6.3 calls OWS. Nothing else is one. */

/** Whether a code unit is a blank; `NaN`, what is read behind the end of a text, is none. */
export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

/** The index of the first character from `index` on that is no blank. */
export function skipBlanks(text: string, index: number): number {
  while (isBlank(text.charCodeAt(index))) index++;
  return index;
}

/** A part of a text without the blanks at its ends; unlike `trim()`, nothing else goes. */
export function trimBlanks(text: string, start: number = 0, end: number = text.length): string {
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
