import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from './blanks.ts';

/** How `quoteEtag` writes a tag. */
export interface QuoteEtagOptions {
  /** Marks the tag as weak: what it stands for may differ in ways that do not matter. */
  weak?: boolean | undefined;
}

/**
 * An entity tag as `ETag` has it (RFC 9110 section 8.8.3).
 *
 * @throws InvalidHeaderError when the tag has a quote in it.
 */
export function quoteEtag(tag: string, options: QuoteEtagOptions = {}): string {
  if (tag.includes('"')) {
    throw new InvalidHeaderError(
      `Entity tag ${JSON.stringify(tag)} has a quote in it, which would end it. Leave quotes out.`,
    );
  }
  return options.weak ? `W/"${tag}"` : `"${tag}"`;
}

/** The text of an entity tag, and whether it is weak; both are null for an empty one. */
export function unquoteEtag(
  etag: string | null | undefined,
): [tag: string, weak: boolean] | [tag: null, weak: null] {
  const text = etag && trimBlanks(etag);
  if (!text) return [null, null];
  const weak = isWeakAt(text, 0);
  const tag = weak ? text.slice(2) : text;
  const quoted = tag.length > 1 && tag.startsWith('"') && tag.endsWith('"');
  return [quoted ? tag.slice(1, -1) : tag, weak];
}

/** Whether the mark of a weak tag stands at `index`; a small `w` passes. */
export function isWeakAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return (unit === 0x57 || unit === 0x77) && text.charCodeAt(index + 1) === 0x2f;
}
