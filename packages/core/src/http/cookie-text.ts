import { type PairSource, pairSource } from '../datastructures/pair-source.ts';
import { isBlank, skipBlanks, trimBlanks } from './blanks.ts';
import { decodeUtf8, isAscii } from './latin1.ts';
import { quotedEnd, unquote } from './quoted-cookie.ts';
import { SearchedText } from './searched-text.ts';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/** The text of a `Cookie` header. */
export class CookieText extends SearchedText {
  override search(header: string, name: string): string | null | undefined {
    let at = header.indexOf(name);
    // Quotes may hold what looks like a cookie.
    if (at >= 0 && header.includes('"')) return null;
    for (; at >= 0; at = header.indexOf(name, at + 1)) {
      if (!isStart(header, at)) continue;
      const end = at + name.length;
      const unit = header.charCodeAt(end);
      if (unit === EQUALS) {
        return decodeUtf8(trimBlanks(header, end + 1, indexOrEnd(header, ';', end)));
      }
      if (unit === SEMICOLON || isBlank(unit) || end === header.length) return null;
    }
    return undefined;
  }

  override parse(header: string): PairSource<string> {
    return parse(header);
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
