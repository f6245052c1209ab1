import {
  type Environ,
  ETags,
  type Headers,
  IfRange,
  parseDate,
  unquoteEtag,
} from '@werkstatt/core';

/** What the conditions of a request come to: go on, 304, or 412. */
export type Verdict = 'proceed' | 'not-modified' | 'failed';

/**
 * Evaluates the conditions of a GET or HEAD request in the order of RFC 9110 section 13.2.2, but for
 * `If-Range`. A field that is empty, or no date where a date belongs, counts as missing.
 *
 * @param headers those of the response: its `ETag` and `Last-Modified` are compared.
 */
export function evaluateConditions(environ: Environ, headers: Headers): Verdict {
  const etag = headers.get('ETag');
  const modified = toSeconds(headers.get('Last-Modified'));
  const ifMatch = ETags.fromHeader(environ.HTTP_IF_MATCH);
  if (ifMatch.isEmpty) {
    const since = toSeconds(environ.HTTP_IF_UNMODIFIED_SINCE);
    if (modified !== null && since !== null && modified > since) return 'failed';
  } else if (!matchesStrongly(ifMatch, etag)) {
    return 'failed';
  }
  const ifNoneMatch = ETags.fromHeader(environ.HTTP_IF_NONE_MATCH);
  if (ifNoneMatch.isEmpty) {
    const since = toSeconds(environ.HTTP_IF_MODIFIED_SINCE);
    return modified !== null && since !== null && modified <= since ? 'not-modified' : 'proceed';
  }
  return matchesWeakly(ifNoneMatch, etag) ? 'not-modified' : 'proceed';
}

/**
 * Whether a `Range` may be answered as far as `If-Range` goes (RFC 9110 section 13.1.5): the tag has
 * to be strong and the same, a date exactly that of `Last-Modified`. Without `If-Range` it may.
 */
export function isRangeWanted(environ: Environ, headers: Headers): boolean {
  const header = environ.HTTP_IF_RANGE;
  if (header === undefined) return true;
  const { etag, date } = IfRange.fromHeader(header);
  if (date) return toSeconds(date) === toSeconds(headers.get('Last-Modified'));
  const [tag, weak] = unquoteEtag(headers.get('ETag'));
  return tag !== null && !weak && tag === etag;
}

/** The comparison of RFC 9110 section 8.8.3.2 in which weak tags are equal to none. */
function matchesStrongly(tags: ETags, etag: string | undefined): boolean {
  const [tag, weak] = unquoteEtag(etag);
  return tags.starTag || (tag !== null && !weak && tags.contains(tag));
}

function matchesWeakly(tags: ETags, etag: string | undefined): boolean {
  const [tag] = unquoteEtag(etag);
  return tags.starTag || (tag !== null && tags.containsWeak(tag));
}

/** Whole seconds, for dates of HTTP have no parts of one; null when there is no date. */
function toSeconds(date: Date | string | undefined): number | null {
  const parsed = typeof date === 'string' ? parseDate(date) : date;
  return parsed ? Math.floor(parsed.getTime() / 1000) : null;
}
