import { skipBlanks, trimBlanks } from './blanks.ts';
import { decodeExtended, isDecodable, splitExtendedValue } from './extended-value.ts';
import { closingQuote } from './parse-list-header.ts';
import { endOfToken } from './token-chars.ts';

/** A header value and its parameters. */
export type ParsedOptions = [value: string, options: Record<string, string>];

const QUOTE = 0x22;
const EQUALS = 0x3d;
const ESCAPED = /\\[\\"]|%22/g;
const SECTION = /\*[0-9]+$/;

/**
 * Parses a value with parameters, as `text/html; charset=utf-8` (RFC 9110 section 5.6.6). The
 * parameters stand in an object without a prototype, their names in lower case. A broken parameter
 * is skipped, and of several with the same name the last holds.
 *
 * `name*` is decoded (RFC 8187), from UTF-8, US-ASCII and ISO-8859-1; sections `name*0`, `name*1` are
 * joined in the order in which they stand (RFC 2231 section 3). In quotes, only `\\` and `\"` are
 * escapes, for browsers send `C:\file` as it is, and `%22` is the quote that browsers make of it.
 */
export function parseOptionsHeader(header: string | null | undefined): ParsedOptions {
  const options: Record<string, string> = Object.create(null);
  if (!header) return ['', options];
  const end = header.indexOf(';');
  if (end < 0) return [trimBlanks(header), options];
  const value = trimBlanks(header.slice(0, end));
  if (value !== '') parseParameters(header, end, options);
  return [value, options];
}

/** Reads the parameters after the semicolon at `semicolon`. */
function parseParameters(header: string, semicolon: number, options: Record<string, string>): void {
  let extended: ExtendedParameters | undefined;
  while (semicolon >= 0) {
    const start = skipBlanks(header, semicolon + 1);
    const equals = endOfToken(header, start);
    let end = start;
    if (equals > start && header.charCodeAt(equals) === EQUALS) {
      const quoted = header.charCodeAt(equals + 1) === QUOTE;
      end = quoted ? closingQuote(header, equals + 2) + 1 : endOfToken(header, equals + 1);
      if (end > equals + 1) {
        const name = header.slice(start, equals).toLowerCase();
        const value = header.slice(equals + 1, end);
        if (name.includes('*')) {
          extended ??= new ExtendedParameters(options);
          extended.add(name, value);
        } else {
          options[name] = quoted ? unquoteParameter(value) : value;
          extended?.forget(name);
        }
      } else {
        end = equals;
      }
    }
    semicolon = header.indexOf(';', end);
  }
}

/** Puts extended parameters and sections of parameters together. */
class ExtendedParameters {
  readonly #options: Record<string, string>;
  readonly #sectioned: Set<string> = new Set();
  /** What an extended value without a charset of its own, such as a later section, is in. */
  #charset = '';

  constructor(options: Record<string, string>) {
    this.#options = options;
  }

  add(name: string, value: string): void {
    // Of the value as it was sent: a quote that decoding brings forth is text.
    const quoted = value.charCodeAt(0) === QUOTE;
    if (name.endsWith('*')) {
      name = name.slice(0, -1);
      value = this.#decode(value);
    }
    if (quoted) value = unquoteParameter(value);
    const section = SECTION.exec(name);
    if (!section) {
      this.#options[name] = value;
      this.forget(name);
      return;
    }
    name = name.slice(0, section.index);
    // What stands there without sections is another parameter, which must not be mixed with these.
    const before = this.#sectioned.has(name) ? this.#options[name] : '';
    this.#options[name] = before + value;
    this.#sectioned.add(name);
  }

  /** Lets the next section of that name begin a value. */
  forget(name: string): void {
    this.#sectioned.delete(name);
  }

  #decode(value: string): string {
    const extended = splitExtendedValue(value);
    const charset = extended?.charset || this.#charset;
    const text = extended?.text ?? value;
    if (!isDecodable(charset)) return text;
    this.#charset = charset;
    return decodeExtended(text, charset);
  }
}

/** The text of a quoted value. */
function unquoteParameter(value: string): string {
  const text = value.slice(1, -1);
  if (!text.includes('\\') && !text.includes('%')) return text;
  return text.replace(ESCAPED, (pair) => (pair === '%22' ? '"' : pair[1]!));
}
