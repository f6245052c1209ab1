/** What may stand where in a structured field (RFC 9651 section 3), as flags per code unit. */
export const KEY_START = 1;
export const KEY = 2;
export const TOKEN_START = 4;
export const TOKEN = 8;
export const BASE64 = 16;

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

const FLAGS = new Uint8Array(128);
mark(KEY_START, `${LOWER}*`);
mark(KEY, `${LOWER}${DIGITS}_-.*`);
mark(TOKEN_START, `${LOWER}${UPPER}*`);
mark(TOKEN, `${LOWER}${UPPER}${DIGITS}!#$%&'*+-.^_\`|~:/`);
mark(BASE64, `${LOWER}${UPPER}${DIGITS}+/=`);

function mark(flag: number, characters: string): void {
  for (const character of characters) FLAGS[character.charCodeAt(0)]! |= flag;
}

/** Whether a code unit is of the kind that `flag` stands for; `NaN`, past the end, is of none. */
export function isOf(flag: number, unit: number): boolean {
  return unit < 128 && (FLAGS[unit]! & flag) !== 0;
}

/** Whether `text` is one code unit of kind `first` and after it any number of kind `rest`. */
export function isWord(text: string, first: number, rest: number): boolean {
  if (!isOf(first, text.charCodeAt(0))) return false;
  for (let index = 1; index < text.length; index++) {
    if (!isOf(rest, text.charCodeAt(index))) return false;
  }
  return true;
}
