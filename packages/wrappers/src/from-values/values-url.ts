import { ArgumentError, iriToUri } from '@werkstatt/core';

/** What a base URL says of a request. */
export interface BaseUrl {
  readonly scheme: 'http' | 'https';
  /** With the port, unless it is the scheme's own. */
  readonly host: string;
  readonly serverName: string;
  readonly serverPort: string;
  /** The path without slashes at its end, percent-encoded. */
  readonly rawRoot: string;
}

/**
 * Takes a base URL apart; its host may be readable text.
 *
 * @throws ArgumentError when it is none, or has a query, a fragment or a user.
 */
export function parseBaseUrl(baseUrl: string): BaseUrl {
  const url = URL.parse(baseUrl);
  const scheme = url?.protocol.slice(0, -1);
  if (!url || (scheme !== 'http' && scheme !== 'https')) {
    throw new ArgumentError(`baseUrl has to be as "http://localhost/app", not "${baseUrl}".`);
  }
  if (/[?#]/.test(baseUrl) || url.username !== '' || url.password !== '') {
    throw new ArgumentError(
      `baseUrl is scheme, host and path alone, and "${baseUrl}" has more. Give a query as ` +
        'queryString or args, a user in the header Authorization.',
    );
  }
  return {
    scheme,
    host: url.host,
    serverName: url.hostname.replace(/^\[|\]$/g, ''),
    serverPort: url.port || (scheme === 'https' ? '443' : '80'),
    rawRoot: url.pathname.replace(/(?<!\/)\/+$|^\/+$/, ''),
  };
}

/** A request target below the root, percent-encoded. */
export interface Target {
  /** Begins with a slash. */
  readonly rawPath: string;
  /** `undefined` when there is no `?`. */
  readonly query: string | undefined;
}

/**
 * The target of a path that may have a query, and of a query that is given apart.
 *
 * @throws ArgumentError when there are both.
 */
export function splitTarget(path: string, given: string | undefined): Target {
  const [target] = path.split('#', 1) as [string];
  const mark = target.indexOf('?');
  if (mark >= 0 && given !== undefined) {
    throw new ArgumentError(`The query is in the path ${JSON.stringify(path)} and given apart.`);
  }
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? given : target.slice(mark + 1);
  return {
    rawPath: encode(rawPath.startsWith('/') ? rawPath : `/${rawPath}`),
    query: query === undefined ? undefined : encode(`/?${query.replaceAll('#', '%23')}`).slice(2),
  };
}

/** Path and query, percent-encoded where they need it; what is encoded already stays. */
function encode(target: string): string {
  const site = 'http://x';
  return iriToUri(site + target).slice(site.length);
}
