import { generateEtag } from '../conditional/generate-etag.ts';
import { ETags } from '../datastructures/etags.ts';
import { IfRange } from '../datastructures/if-range.ts';
import { parseDate } from '../dates/parse-date.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { quoteEtag, unquoteEtag } from './etag.ts';

type Header = string | null | undefined;

/** The headers by which a client tells what it has. */
export interface RequestConditions {
  range?: Header;
  ifRange?: Header;
  ifModifiedSince?: Header;
  ifNoneMatch?: Header;
  ifMatch?: Header;
}

/** The keys of an environ that tell it. */
export interface ConditionEnviron {
  readonly REQUEST_METHOD: string;
  readonly HTTP_RANGE?: string | undefined;
  readonly HTTP_IF_RANGE?: string | undefined;
  readonly HTTP_IF_MODIFIED_SINCE?: string | undefined;
  readonly HTTP_IF_NONE_MATCH?: string | undefined;
  readonly HTTP_IF_MATCH?: string | undefined;
}

/** What there is. */
export interface ResourceState {
  /** The entity tag, as `ETag` has it. */
  etag?: Header;
  /** The content, in the place of `etag`, which is made of it. */
  data?: Uint8Array | string | null | undefined;
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
 *
 * @param request the environ of a request, or the headers that matter. With an environ it is false
 *   for a method other than GET and HEAD, as in Werkzeug.
 * @throws ArgumentError when both `etag` and `data` are given.
 */
export function isResourceModified(
  request: ConditionEnviron | RequestConditions,
  state: ResourceState = {},
): boolean {
  const { lastModified, ignoreIfRange = true } = state;
  const etag = tagOf(state);
  const conditions = 'REQUEST_METHOD' in request ? conditionsOf(request) : request;
  if (conditions === null) return false;
  const ifRange =
    ignoreIfRange || !conditions.range ? null : IfRange.fromHeader(conditions.ifRange);
  const isSame = etag ? isSameTag(etag, conditions, ifRange) : null;
  if (isSame !== null) return !isSame;
  const modified = toDate(lastModified);
  const since = modified && (ifRange?.date ?? toDate(conditions.ifModifiedSince));
  return !since || secondsOf(modified) > secondsOf(since);
}

function tagOf({ etag, data }: ResourceState): Header {
  if (data == null) return etag;
  if (etag == null) return quoteEtag(generateEtag(data));
  throw new ArgumentError('isResourceModified() takes etag or data, and was given both.');
}

/** Null: such a request has no conditions of this kind. */
function conditionsOf(environ: ConditionEnviron): RequestConditions | null {
  if (environ.REQUEST_METHOD !== 'GET' && environ.REQUEST_METHOD !== 'HEAD') return null;
  return {
    range: environ.HTTP_RANGE,
    ifRange: environ.HTTP_IF_RANGE,
    ifModifiedSince: environ.HTTP_IF_MODIFIED_SINCE,
    ifNoneMatch: environ.HTTP_IF_NONE_MATCH,
    ifMatch: environ.HTTP_IF_MATCH,
  };
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
