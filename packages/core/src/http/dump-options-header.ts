import { isToken } from './header-field.ts';
import { quoteHeaderValue } from './quote-header-value.ts';

/** Parameters of a header value; `null` and `undefined` leave one out. */
export type HeaderOptions = Readonly<Record<string, string | number | null | undefined>>;

const BEYOND_LATIN1 = /[^\x00-\xff]/;

/**
 * A header value with parameters, as `attachment; filename="a b.txt"`. A parameter whose name ends
 * with `*` is taken to be encoded already. One that latin-1 cannot hold becomes an extended
 * parameter in UTF-8 (RFC 8187).
 *
 * @param header the part before the parameters; `null` for the parameters alone.
 */
export function dumpOptionsHeader(header: string | null, options: HeaderOptions): string {
  let dumped = header;
  for (const name of Object.keys(options)) {
    const value = options[name];
    if (value === null || value === undefined) continue;
    const option = dumpOption(name, String(value));
    dumped = dumped === null ? option : `${dumped}; ${option}`;
  }
  return dumped ?? '';
}

function dumpOption(name: string, text: string): string {
  if (name.endsWith('*') || isToken(text)) return `${name}=${text}`;
  if (BEYOND_LATIN1.test(text)) return `${name}*=UTF-8''${encodeExtended(text)}`;
  return `${name}=${quoteHeaderValue(text)}`;
}

/** The value of an extended parameter (RFC 8187 section 3.2.1). */
function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
