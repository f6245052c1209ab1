import { decodeUtf8 } from './latin1.ts';
import { endOfToken } from './token-chars.ts';

/** The charsets that are decoded; any other could be chosen to smuggle something past a check. */
const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'us-ascii', 'ascii', 'iso-8859-1']);

const ESCAPE = /%([0-9a-f]{2})/gi;
const BEYOND_ASCII = /[\x80-\xff]/g;

/** An extended value in its parts, its text still percent-encoded. */
export interface ExtendedValue {
  /** In lower case; `''` when none is given. */
  readonly charset: string;
  readonly text: string;
}

/**
 * Takes `charset'language'text` apart (RFC 8187 section 3.2.1). Null: that is not what the value is.
 * The language is left out.
 */
export function splitExtendedValue(value: string): ExtendedValue | null {
  const first = value.indexOf("'");
  const second = first < 0 ? -1 : value.indexOf("'", first + 1);
  if (second < 0) return null;
  // An apostrophe is a character of tokens too, so one look at everything before the text will do.
  if (endOfToken(value, 0) <= second) return null;
  const end = endOfToken(value, second + 1);
  if (end === second + 1) return null;
  return { charset: value.slice(0, first).toLowerCase(), text: value.slice(second + 1, end) };
}

/** Whether text in a charset is decoded. */
export function isDecodable(charset: string): boolean {
  return CHARSETS.has(charset);
}

/** Percent-decodes text in one of the decodable charsets; octets that are not in it are U+FFFD. */
export function decodeExtended(text: string, charset: string): string {
  if (!text.includes('%')) return text;
  if (charset === 'utf-8') return decodePercentUtf8(text);
  const octets = octetsOf(text);
  return charset === 'iso-8859-1' ? octets : octets.replace(BEYOND_ASCII, '\ufffd');
}

function decodePercentUtf8(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeUtf8(octetsOf(text));
  }
}

function octetsOf(text: string): string {
  return text.replace(ESCAPE, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
