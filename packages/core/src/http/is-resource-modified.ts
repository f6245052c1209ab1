import { ETags } from '../datastructures/etags.ts';
import { IfRange } from '../datastructures/if-range.ts';
import { parseDate } from '../dates/parse-date.ts';
import { unquoteEtag } from './etag.ts';

type Header = string | null | undefined;

/** The headers by which a client tells what it has. */
export interface RequestConditions {
  range?: Header;
  ifRange?: Header;
  ifModifiedSince?: Header;
  ifNoneMatch?: Header;
  ifMatch?: Header;
}

/** What there is. */
export interface ResourceState {
  /** The entity tag, as `ETag` has it. */
  etag?: Header;
  /** When it was last changed; text is a date of HTTP. */
  lastModified?: Date | Header;
  /** Leaves `If-Range` out. Default: true. */
  ignoreIfRange?: boolean | undefined;
}

/**
 * Whether a client needs what there is: false when what it has is the same (RFC 9110 section 13).
 * A tag says more than a date: `If-None-Match` is compared weakly, `If-Match` strongly, and
 * `If-Modified-Since` counts when there is no tag to compare. `If-Range` counts with a `Range` only.
 * Parts of a second are left out, for dates of HTTP have none.
 */
export function isResourceModified(
  conditions: RequestConditions,
  { etag, lastModified, ignoreIfRange = true }: ResourceState = {},
): boolean {
  const ifRange =
    ignoreIfRange || !conditions.range ? null : IfRange.fromHeader(conditions.ifRange);
  const isSame = etag ? isSameTag(etag, conditions, ifRange) : null;
  if (isSame !== null) return !isSame;
  const modified = toDate(lastModified);
  const since = modified && (ifRange?.date ?? toDate(conditions.ifModifiedSince));
  return !since || secondsOf(modified) > secondsOf(since);
}

/** Null: there is no tag to compare with. */
function isSameTag(
  etag: string,
  { ifNoneMatch, ifMatch }: RequestConditions,
  ifRange: IfRange | null,
): boolean | null {
  const [tag, weak] = unquoteEtag(etag);
  if (tag === null) return null;
  if (ifRange?.etag) return !weak && ifRange.etag === tag;
  const wanted = ETags.fromHeader(ifMatch);
  // A weak tag is equal to none in the strong comparison, and the star asks for no comparison.
  if (!wanted.isEmpty) return !(wanted.starTag || (!weak && wanted.isStrong(tag)));
  const known = ETags.fromHeader(ifNoneMatch);
  return known.isEmpty ? null : known.containsWeak(tag);
}

function toDate(date: Date | Header): Date | null {
  return typeof date === 'string' ? parseDate(date) : (date ?? null);
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
