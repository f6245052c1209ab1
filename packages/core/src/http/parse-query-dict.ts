import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { type PairSource, pairSource } from '../datastructures/pair-source.ts';
import { blanksForPluses, parseQuery } from './parse-query.ts';
import { percentDecode } from './percent-decode.ts';
import { SearchedText } from './searched-text.ts';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;

/**
 * The pairs that `parseQuery` gives, as a dictionary that nobody can change. It is parsed as far as
 * it is asked for, and cheap where little is.
 *
 * @param query as for `parseQuery`.
 */
export function parseQueryDict(query: string): ImmutableMultiDict<string> {
  return new ImmutableMultiDict(new QueryText(query));
}

class QueryText extends SearchedText {
  override search(query: string, name: string): string | null | undefined {
    for (let at = query.indexOf(name); at >= 0; at = query.indexOf(name, at + 1)) {
      if (at > 0 && query.charCodeAt(at - 1) !== AMPERSAND) continue;
      const end = at + name.length;
      if (query.charCodeAt(end) !== EQUALS) {
        if (end === query.length || query.charCodeAt(end) === AMPERSAND) return null;
        continue;
      }
      // An escape ahead may be in the same name, written otherwise.
      return escapeIn(query, at) ? null : valueAt(query, end + 1);
    }
    return escapeIn(query, query.length) ? null : undefined;
  }

  override parse(query: string): PairSource<string> {
    const pairs = parseQuery(query);
    return pairSource(
      pairs.map(([name]) => name),
      pairs.map(([, value]) => value),
    );
  }
}

function escapeIn(query: string, end: number): boolean {
  const percent = query.indexOf('%');
  return percent >= 0 && percent < end;
}

/** The value that begins at an index; null for one that isn't ASCII. */
function valueAt(query: string, start: number): string | null {
  let pluses = false;
  let escapes = false;
  let end = start;
  for (; end < query.length; end++) {
    const unit = query.charCodeAt(end);
    if (unit === AMPERSAND) break;
    if (unit > 0x7f) return null;
    if (unit === PLUS) pluses = true;
    else if (unit === PERCENT) escapes = true;
  }
  const value = query.slice(start, end);
  const spaced = pluses ? blanksForPluses(value) : value;
  return escapes ? percentDecode(spaced) : spaced;
}
