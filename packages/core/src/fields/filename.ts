/** Control characters, line separators, and what turns the direction of text. */
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const NON_ASCII = /[^\x00-\x7f]+/g;
// Left out first: `normalize` sorts a run of them, which takes quadratic time.
const ACCENTS = /\p{M}+/gu;
const NOT_ATTRIBUTE = /['()*]/g;

/** A file's name without what no name should hold. */
export function cleanFilename(filename: string): string {
  return filename.toWellFormed().replace(UNSAFE, '');
}

/** A name in ASCII: accents are taken off letters, and what remains beyond ASCII is left out. */
export function asciiFilename(filename: string): string {
  return filename.replace(ACCENTS, '').normalize('NFKD').replace(NON_ASCII, '');
}

/** The text of an extended value in UTF-8 (RFC 8187 section 3.2.1). */
export function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    NOT_ATTRIBUTE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
