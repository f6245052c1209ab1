/** What a parameter of a query can be; nothing is sent for `null` and `undefined`. */
export type QueryValue = string | number | bigint | boolean | null | undefined;

/** What a query can be made of: pairs, a `MultiDict`, a `Map`, or a record. */
export type QueryInit =
  | Iterable<readonly [name: string, value: QueryValue | readonly QueryValue[]]>
  | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

const KEPT = /[\w!$'()*,\-./:;?@~]/;

/** What stands for each character of ASCII; `''` for itself. */
const ESCAPES: readonly string[] = Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (character === ' ') return '+';
  return KEPT.test(character) ? '' : encodeURIComponent(character);
});

/**
 * Writes a query string, or a body of type `application/x-www-form-urlencoded`; `parseQuery` reads
 * it (URL Standard section 5.2). A blank becomes `+`, other text is percent-encoded as UTF-8 where
 * it has to be, and a list repeats its name.
 *
 * @returns the text without `?`.
 */
export function dumpQuery(query: QueryInit): string {
  const pairs = Symbol.iterator in query ? query : Object.entries(query);
  let text = '';
  for (const [name, values] of pairs) {
    const key = encodePart(name);
    if (!isList(values)) {
      text = withParameter(text, key, values);
      continue;
    }
    for (const value of values) text = withParameter(text, key, value);
  }
  return text;
}

function withParameter(text: string, key: string, value: QueryValue): string {
  if (value == null) return text;
  const parameter = `${key}=${encodePart(String(value))}`;
  return text === '' ? parameter : `${text}&${parameter}`;
}

function isList(value: QueryValue | readonly QueryValue[]): value is readonly QueryValue[] {
  return Array.isArray(value);
}

/** Escapes what cannot stand as it is; most text is copied in few pieces, or as a whole. */
function encodePart(text: string): string {
  let encoded = '';
  let copied = 0;
  for (let index = 0; index < text.length; ) {
    const start = index;
    const unit = text.charCodeAt(index++);
    const escaped = unit < 128 ? ESCAPES[unit]! : undefined;
    if (escaped === '') continue;
    if (escaped === undefined) while (text.charCodeAt(index) >= 128) index++;
    encoded += text.slice(copied, start);
    encoded += escaped ?? encodeURIComponent(text.slice(start, index).toWellFormed());
    copied = index;
  }
  return copied === 0 ? text : encoded + text.slice(copied);
}
