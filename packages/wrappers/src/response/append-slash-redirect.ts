import { type Environ, percentDecode } from '@werkstatt/core';
import { environOf, type RequestOrEnviron } from '../request/request-environ.ts';
import { redirect } from './redirect.ts';
import type { Response } from './response.ts';

/** What a segment of a URL can't hold as it is, in a decoded path and in a raw one. */
const NOT_IN_SEGMENT = /[^\w!$&'()*+,\-.:;=@~]+/g;
const NOT_IN_RAW_SEGMENT = /[^\w!$%&'()*+,\-.:;=@~]+/g;
const NOT_IN_QUERY = /[\0-\x20#\x7f]/g;

/**
 * Redirects to the URL of the request with a slash behind its path. `Location` is relative to that
 * URL, and leads to the same site whatever the path is: a segment that could be taken for a scheme
 * gets `./` in front (RFC 3986 section 4.2), a backslash is encoded.
 *
 * Call it where the path has no slash at its end; the redirect leads to itself otherwise.
 *
 * @param code 308 by default: the client repeats its request as it is.
 * @throws InvalidStatusError for a code that is no redirect.
 */
export function appendSlashRedirect(request: RequestOrEnviron, code = 308): Response {
  const environ = environOf(request);
  const segment = lastSegment(environ);
  const prefix = segment === '' || segment.includes(':') ? './' : '';
  const target = segment === '' ? prefix : `${prefix}${segment}/`;
  const query = environ.QUERY_STRING.replace(NOT_IN_QUERY, encodeURIComponent);
  return redirect(query === '' ? target : `${target}?${query}`, code);
}

/**
 * The last segment of the path as the client knows it: where a slash is escaped, as in `/a%2Fb`, the
 * decoded path has other segments than the URL that `Location` is relative to.
 */
function lastSegment(environ: Environ): string {
  const path = (environ.SCRIPT_NAME + environ.PATH_INFO).toWellFormed();
  const [rawPath] = environ.REQUEST_URI.toWellFormed().split('?', 1) as [string];
  if (rawPath.startsWith('/') && percentDecode(rawPath) === path) {
    return behindLastSlash(rawPath).replace(NOT_IN_RAW_SEGMENT, encodeURIComponent);
  }
  return behindLastSlash(path).replace(NOT_IN_SEGMENT, encodeURIComponent);
}

function behindLastSlash(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
