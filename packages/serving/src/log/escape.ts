/**
 * What may not reach a log or a terminal as it is: C0, DEL and C1 controls, which drive terminals
 * and end lines; the line ends U+2028 and U+2029; and the marks that turn the direction of text.
 */
const CONTROLS = '\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';

const IN_LINE = new RegExp(`[${CONTROLS}]`, 'g');
const IN_QUOTES = new RegExp(`[${CONTROLS}"\\\\]`, 'g');
const IN_FIELD = new RegExp(`[${CONTROLS}"\\\\\\s]`, 'g');
const IN_BLOCK = new RegExp(`(?![\\n\\t])[${CONTROLS}]`, 'g');

/** Escapes the controls of a line that is whole already. */
export function escapeLine(text: string): string {
  return text.replace(IN_LINE, escapeCharacter);
}

/** Escapes text that will stand between double quotes. */
export function escapeQuoted(text: string): string {
  return text.replace(IN_QUOTES, escapeCharacter);
}

/** Escapes text that will stand between blanks, without quotes. */
export function escapeField(text: string): string {
  return text.replace(IN_FIELD, escapeCharacter);
}

/** Escapes text of several lines, as a stack is: line feeds and tabs stay. */
export function escapeBlock(text: string): string {
  return text.replace(IN_BLOCK, escapeCharacter);
}

/** Escapes the controls in JSON, where a `\` or a quote has been escaped already. */
export function escapeJson(json: string): string {
  return json.replace(IN_LINE, (character) => `\\u${hex(character, 4)}`);
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return character < '\u0100' ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
