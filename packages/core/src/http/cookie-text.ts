import { PairSource, pairSource } from '../datastructures/pair-source.ts';
import { isBlank, skipBlanks, trimBlanks } from './blanks.ts';
import { decodeUtf8, isAscii } from './latin1.ts';
import { quotedEnd, unquote } from './quoted-cookie.ts';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/** Names that stand in the header as they are asked for: tokens, as RFC 6265 section 4.1.1 has it. */
const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;
/** After as many searches it is cheaper to have parsed the header. */
const MOST_SEARCHES = 4;

/**
 * The text of a `Cookie` header. Most applications ask for one cookie out of several, which is
 * searched for; the header is parsed as soon as something else is asked.
 */
export class CookieText extends PairSource<string> {
  readonly #header: string;
  #searches = 0;
  #parsed: PairSource<string> | undefined;

  constructor(header: string) {
    super();
    this.#header = header;
  }

  override first(name: string): string | undefined {
    if (!this.#parsed && this.#searches < MOST_SEARCHES) {
      this.#searches++;
      const value = findInPlainSight(this.#header, name);
      if (value !== undefined) return value;
    }
    return this.#parse().first(name);
  }

  override lists(): Map<string, string[]> {
    return this.#parse().lists();
  }

  #parse(): PairSource<string> {
    this.#parsed ??= parse(this.#header);
    return this.#parsed;
  }
}

function parse(header: string): PairSource<string> {
  const names: string[] = [];
  const values: string[] = [];
  const ascii = isAscii(header);
  let equals = -1;
  for (let index = 0; index < header.length; ) {
    // Searched for again only once it is passed, so that all the searches are one walk.
    if (equals < index) equals = indexOrEnd(header, '=', index);
    let end = indexOrEnd(header, ';', index);
    const hasValue = equals < end;
    const name = trimBlanks(header, index, hasValue ? equals : end);
    let value = '';
    if (hasValue) {
      const start = skipBlanks(header, equals + 1);
      if (header.charCodeAt(start) === QUOTE) {
        end = quotedEnd(header, start) ?? end;
        value = decodeUtf8(unquote(trimBlanks(header, start, end)));
      } else {
        value = trimBlanks(header, equals + 1, end);
        if (!ascii) value = decodeUtf8(value);
      }
    }
    if (name !== '') {
      names.push(ascii ? name : decodeUtf8(name));
      values.push(value);
    }
    index = end + 1;
  }
  return pairSource(names, values);
}

/** The value of the first cookie of a name, if that can be told without parsing what is around it. */
function findInPlainSight(header: string, name: string): string | undefined {
  // Quotes may hold what looks like a cookie.
  if (header.includes('"') || !TOKEN.test(name)) return undefined;
  for (let at = header.indexOf(name); at >= 0; at = header.indexOf(name, at + 1)) {
    if (!isStart(header, at)) continue;
    const end = at + name.length;
    const unit = header.charCodeAt(end);
    if (unit === EQUALS) {
      return decodeUtf8(trimBlanks(header, end + 1, indexOrEnd(header, ';', end)));
    }
    if (unit === SEMICOLON || isBlank(unit) || end === header.length) return undefined;
  }
  return undefined;
}

/** Whether a cookie starts at an index: nothing but blanks is between it and the one before. */
function isStart(header: string, index: number): boolean {
  let before = index - 1;
  while (before >= 0 && isBlank(header.charCodeAt(before))) before--;
  return before < 0 || header.charCodeAt(before) === SEMICOLON;
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length : index;
}
