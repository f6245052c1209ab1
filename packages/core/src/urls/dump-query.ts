/** What a parameter of a query can be; nothing is sent for `null` and `undefined`. */
export type QueryValue = string | number | bigint | boolean | null | undefined;

/** What a query can be made of: pairs, a `MultiDict`, a `Map`, or a record. */
export type QueryInit =
  | Iterable<readonly [name: string, value: QueryValue | readonly QueryValue[]]>
  | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

const BARE = /^[\w!$'()*,\-./:;?@~]*$/;
const KEPT_ESCAPES = /%(?:2[04CF]|3[ABF]|40)/g;
const KEPT: ReadonlyMap<string, string> = new Map([
  ['%20', '+'],
  ['%24', '$'],
  ['%2C', ','],
  ['%2F', '/'],
  ['%3A', ':'],
  ['%3B', ';'],
  ['%3F', '?'],
  ['%40', '@'],
]);

/**
 * Writes a query string, or a body of type `application/x-www-form-urlencoded`; `parseQuery` reads
 * it. A blank becomes `+`, other text is percent-encoded as UTF-8 where it has to be, and a list
 * repeats its name.
 *
 * @returns the text without `?`.
 */
export function dumpQuery(query: QueryInit): string {
  const pairs = Symbol.iterator in query ? query : Object.entries(query);
  let text = '';
  for (const [name, values] of pairs) {
    const key = encodePart(name);
    for (const value of isList(values) ? values : [values]) {
      if (value == null) continue;
      text += `${text && '&'}${key}=${encodePart(String(value))}`;
    }
  }
  return text;
}

function isList(value: QueryValue | readonly QueryValue[]): value is readonly QueryValue[] {
  return Array.isArray(value);
}

function encodePart(text: string): string {
  if (BARE.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(
    KEPT_ESCAPES,
    (escaped) => KEPT.get(escaped)!,
  );
}
