import { BASE64, isOf, KEY, KEY_START, TOKEN, TOKEN_START } from './sf-characters.ts';
import { SfDecimal } from './sf-decimal.ts';
import { SfDisplayString } from './sf-display-string.ts';
import { SfToken } from './sf-token.ts';
import type { SfBareItem } from './sf-types.ts';

const TAB = 0x09;
const SP = 0x20;
const DQUOTE = 0x22;
const PERCENT = 0x25;
const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const QUESTION = 0x3f;
const AT = 0x40;
const BACKSLASH = 0x5c;
const LOWER_A = 0x61;
const LOWER_F = 0x66;

const POWERS_OF_TEN = [1, 10, 100, 1000];

/** In seconds, as far as a JavaScript `Date` reaches from the epoch. */
const LAST_SECOND = 8_640_000_000_000;

/**
 * Reads the smallest parts of structured fields off a text, by the algorithms of RFC 9651
 * section 4.2. Each method reads from `position` on, moves it behind what it read, and gives
 * `undefined` when that is malformed.
 */
export class SfScanner {
  readonly text: string;
  position: number = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The code unit at `position`; `NaN` at the end. */
  peek(): number {
    return this.text.charCodeAt(this.position);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Moves past spaces. */
  skipSpaces(): void {
    while (this.text.charCodeAt(this.position) === SP) this.position++;
  }

  /** Moves past spaces and tabs. */
  skipBlanks(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.position);
      if (unit !== SP && unit !== TAB) return;
      this.position++;
    }
  }

  /** A key of a dictionary or of parameters (section 4.2.3.3). */
  readKey(): string | undefined {
    return this.#readWord(KEY_START, KEY);
  }

  /** A value (section 4.2.3.1). */
  readBareItem(): SfBareItem | undefined {
    const unit = this.peek();
    if (unit === DQUOTE) return this.#readString();
    if (unit === DASH || isDigit(unit)) return this.#readNumber();
    if (unit === QUESTION) return this.#readBoolean();
    if (unit === COLON) return this.#readBytes();
    if (unit === AT) return this.#readDate();
    if (unit === PERCENT) return this.#readDisplayString();
    const word = this.#readWord(TOKEN_START, TOKEN);
    return word === undefined ? undefined : new SfToken(word);
  }

  #readWord(first: number, rest: number): string | undefined {
    const { text, position: start } = this;
    if (!isOf(first, text.charCodeAt(start))) return undefined;
    let end = start + 1;
    while (isOf(rest, text.charCodeAt(end))) end++;
    this.position = end;
    return text.slice(start, end);
  }

  /** An integer of up to 15 digits, or a decimal of up to 12 and 3 (section 4.2.4). */
  #readNumber(): number | SfDecimal | undefined {
    const { text } = this;
    const isNegative = this.peek() === DASH;
    const start = isNegative ? this.position + 1 : this.position;
    let value = 0;
    let dot = -1;
    let at = start;
    for (; ; at++) {
      const unit = text.charCodeAt(at);
      if (isDigit(unit)) {
        if (at - start >= (dot < 0 ? 15 : 16)) return undefined;
        value = value * 10 + (unit - ZERO);
      } else if (unit === DOT && dot < 0) {
        if (at === start || at - start > 12) return undefined;
        dot = at;
      } else {
        break;
      }
    }
    this.position = at;
    if (at === start) return undefined;
    // There is no negative zero in a structured field, so none may come out of one.
    if (isNegative && value !== 0) value = -value;
    if (dot < 0) return value;
    const digits = at - dot - 1;
    if (digits < 1 || digits > 3) return undefined;
    // Both are exact, so that the quotient is the number nearest to what is written.
    return new SfDecimal(value / POWERS_OF_TEN[digits]!);
  }

  /** A string: ASCII without control characters, in quotes (section 4.2.5). */
  #readString(): string | undefined {
    const { text } = this;
    let value = '';
    let start = this.position + 1;
    for (let at = start; ; at++) {
      const unit = text.charCodeAt(at);
      if (unit === DQUOTE) {
        this.position = at + 1;
        return value + text.slice(start, at);
      }
      if (unit === BACKSLASH) {
        const next = text.charCodeAt(at + 1);
        if (next !== DQUOTE && next !== BACKSLASH) return undefined;
        value += text.slice(start, at);
        start = ++at;
      } else if (!isVisible(unit)) {
        return undefined;
      }
    }
  }

  #readBoolean(): boolean | undefined {
    const unit = this.text.charCodeAt(this.position + 1);
    this.position += 2;
    if (unit === ZERO + 1) return true;
    return unit === ZERO ? false : undefined;
  }

  /** Base64 between colons (section 4.2.7); its padding may be missing. */
  #readBytes(): Uint8Array | undefined {
    const start = this.position + 1;
    const end = this.text.indexOf(':', start);
    if (end < 0) {
      // Nothing can be read after this, so that the rest is not searched a second time.
      this.position = this.text.length;
      return undefined;
    }
    this.position = end + 1;
    for (let at = start; at < end; at++) {
      if (!isOf(BASE64, this.text.charCodeAt(at))) return undefined;
    }
    return decodeBase64(this.text.slice(start, end));
  }

  /** Seconds since the epoch (section 4.2.9). */
  #readDate(): Date | undefined {
    this.position++;
    if (this.peek() !== DASH && !isDigit(this.peek())) return undefined;
    const seconds = this.#readNumber();
    if (typeof seconds !== 'number' || Math.abs(seconds) > LAST_SECOND) return undefined;
    return new Date(seconds * 1000);
  }

  /** UTF-8 in quotes, percent-encoded where it is not ASCII (section 4.2.10). */
  #readDisplayString(): SfDisplayString | undefined {
    const { text } = this;
    const start = this.position + 2;
    if (text.charCodeAt(start - 1) !== DQUOTE) return undefined;
    let isEncoded = false;
    for (let at = start; ; at++) {
      const unit = text.charCodeAt(at);
      if (unit === DQUOTE) {
        this.position = at + 1;
        return decodeDisplayString(text.slice(start, at), isEncoded);
      }
      if (!isVisible(unit)) return undefined;
      if (unit === PERCENT) {
        if (!isLowerHex(text.charCodeAt(at + 1)) || !isLowerHex(text.charCodeAt(at + 2))) {
          return undefined;
        }
        isEncoded = true;
        at += 2;
      }
    }
  }
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

function isLowerHex(unit: number): boolean {
  return isDigit(unit) || (unit >= LOWER_A && unit <= LOWER_F);
}

/** Whether a code unit is ASCII, and no control character. */
function isVisible(unit: number): boolean {
  return unit >= 0x20 && unit <= 0x7e;
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    const octets = atob(text);
    const bytes = new Uint8Array(octets.length);
    for (let index = 0; index < octets.length; index++) bytes[index] = octets.charCodeAt(index);
    return bytes;
  } catch {
    return undefined;
  }
}

function decodeDisplayString(text: string, isEncoded: boolean): SfDisplayString | undefined {
  if (!isEncoded) return new SfDisplayString(text);
  try {
    return new SfDisplayString(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}
