/** Octets with a meaning in HTTP/1.1 messages, and tables of the classes they belong to. */

export const HTAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
const PERCENT = 0x25;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
const MARK = 0x3f;
export const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;
const DEL = 0x7f;

/** One character of a token (RFC 9110 section 5.6.2); patterns are made from its `source`. */
export const TCHAR: RegExp = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

function table(classify: (octet: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, octet) => classify(octet));
}

function isTchar(octet: number): boolean {
  return octet < DEL && TCHAR.test(String.fromCharCode(octet));
}

/** Not 0 for the octets of a token (RFC 9110 section 5.6.2). */
export const TOKEN: Uint8Array = table((octet) => (isTchar(octet) ? 1 : 0));

/**
 * A token's octet as an environ key has it: upper case, `-` as `_`; 0 for an octet that no token
 * has. `_` itself becomes 1, which no key has, so that a name with `_` never poses as another.
 */
export const KEY_OCTET: Uint8Array = table((octet) => {
  if (!isTchar(octet)) return 0;
  if (octet === UNDERSCORE) return 1;
  const character = String.fromCharCode(octet).toUpperCase();
  return character === '-' ? UNDERSCORE : character.charCodeAt(0);
});

/** Not 0 for the octets of a field value (RFC 9110 section 5.5). */
export const FIELD_VALUE: Uint8Array = table((octet) =>
  octet === HTAB || (octet >= SP && octet !== DEL) ? 1 : 0,
);

/**
 * Not 0 for the octets of a request target. Wider than RFC 3986 by what browsers and tools send
 * unescaped (`|`, `{`, `"` …); a target has no fragment, and no octet above 7E. 3 for `?` and `%`,
 * without which a target is its path.
 */
export const TARGET: Uint8Array = table((octet) => {
  if (octet <= SP || octet >= DEL || octet === HASH) return 0;
  return octet === MARK || octet === PERCENT ? 3 : 1;
});

/** The value of a hexadecimal digit, or 255. */
export const HEX_VALUE: Uint8Array = table((octet) => {
  const value = Number.parseInt(String.fromCharCode(octet), 16);
  return Number.isNaN(value) ? 255 : value;
});

const { latin1Slice } = Buffer.prototype as Buffer & {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
};

/**
 * Octets as text, one character each. What `Buffer.prototype.toString` ends in, without the view
 * that a plain `Uint8Array` would need for it.
 */
export function latin1(octets: Uint8Array, start: number, end: number): string {
  return latin1Slice.call(octets, start, end);
}

/** A text without the blanks at its ends, in linear time, which a pattern for them would not be. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Whether all characters of a text, one octet each, are of a class. */
export function consistsOf(text: string, octetClass: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) {
    const octet = text.charCodeAt(i);
    if (octet > 0xff || octetClass[octet] === 0) return false;
  }
  return true;
}

/** Whether an octet is a blank: space or tab (RFC 9110 section 5.6.3). */
export function isBlank(octet: number): boolean {
  return octet === SP || octet === HTAB;
}
