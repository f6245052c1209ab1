import { isToken } from './header-field.ts';

const TO_ESCAPE = /["\\]/g;
const QUOTED_PAIR = /\\(.)/gs;

/** How `quoteHeaderValue` treats a token. */
export interface QuoteOptions {
  /** Leaves a token without quotes. Default: true. */
  allowToken?: boolean | undefined;
}

/** Quotes a header value (RFC 9110 section 5.6.4) unless it is a token. */
export function quoteHeaderValue(value: string | number, options: QuoteOptions = {}): string {
  const text = String(value);
  if (options.allowToken !== false && isToken(text)) return text;
  return `"${text.replace(TO_ESCAPE, '\\$&')}"`;
}

/**
 * Undoes `quoteHeaderValue` (RFC 9110 section 5.6.4); text that is not in quotes stays as it is.
 */
export function unquoteHeaderValue(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  const text = value.slice(1, -1);
  return text.includes('\\') ? text.replace(QUOTED_PAIR, '$1') : text;
}
