import { skipBlanks } from '../http/blanks.ts';
import { endOfToken } from '../http/token-chars.ts';

const DQUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads the parts that most headers are made of (RFC 9110 section 5.6) off a value, in one pass.
 * What is read lies before `position` afterwards; nothing moves when there is nothing to read.
 */
export class FieldScanner {
  readonly text: string;
  position: number = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Moves past blanks, space and tab. */
  skipBlanks(): void {
    this.position = skipBlanks(this.text, this.position);
  }

  /** Moves past a character, if it is the next; whether it was. */
  take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  /** A token (section 5.6.2); `''` when there is none. */
  readToken(): string {
    const { text, position: start } = this;
    this.position = endOfToken(text, start);
    return text.slice(start, this.position);
  }

  /** A quoted string (section 5.6.4) without its quotes; `null` when there is none, or no end. */
  readQuoted(): string | null {
    const { text } = this;
    if (text.charCodeAt(this.position) !== DQUOTE) return null;
    let value = '';
    let start = this.position + 1;
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === DQUOTE) {
        this.position = at + 1;
        return value + text.slice(start, at);
      }
      if (unit === BACKSLASH) {
        value += text.slice(start, at);
        start = ++at;
      }
    }
    this.position = text.length;
    return null;
  }

  /** A token or a quoted string; `null` when there is neither. */
  readValue(): string | null {
    return this.readToken() || this.readQuoted();
  }

  /**
   * Moves to the next of some characters that is not in a quoted string, or to the end: where to
   * go on after a mistake.
   */
  skipTo(characters: string): void {
    const { text } = this;
    while (this.position < text.length) {
      const character = text[this.position]!;
      if (characters.includes(character)) return;
      if (character === '"') this.readQuoted();
      else this.position++;
    }
  }
}
