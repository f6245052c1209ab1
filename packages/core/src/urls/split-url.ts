/** The components of a URL reference, as they stand in it. */
export interface UrlParts {
  /** In lower case, without `:`; `''` when there is none. */
  scheme: string;
  /** What follows `//`; `undefined` when there is no `//`. */
  authority: string | undefined;
  path: string;
  /** Without `?`. */
  query: string;
  /** Without `#`. */
  fragment: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]*$/i;

/** Takes a URL reference apart (RFC 3986 section 3), whatever characters it holds. */
export function splitUrl(url: string): UrlParts {
  const [beforeFragment, fragment] = splitAt(url, '#');
  const [hierarchy, query] = splitAt(beforeFragment, '?');
  const colon = hierarchy.indexOf(':');
  const slash = hierarchy.indexOf('/');
  const mayBeScheme = colon > 0 && (slash < 0 || colon < slash);
  const hasScheme = mayBeScheme && SCHEME.test(hierarchy.slice(0, colon));
  const scheme = hasScheme ? hierarchy.slice(0, colon).toLowerCase() : '';
  const rest = hasScheme ? hierarchy.slice(colon + 1) : hierarchy;
  if (!rest.startsWith('//')) return { scheme, authority: undefined, path: rest, query, fragment };
  const end = rest.indexOf('/', 2);
  const authority = rest.slice(2, end < 0 ? rest.length : end);
  return { scheme, authority, path: end < 0 ? '' : rest.slice(end), query, fragment };
}

/** Puts the components together again. A query or fragment that is empty leaves no mark. */
export function joinUrl({ scheme, authority, path, query, fragment }: UrlParts): string {
  return (
    (scheme && `${scheme}:`) +
    (authority === undefined ? '' : `//${authority}`) +
    path +
    (query && `?${query}`) +
    (fragment && `#${fragment}`)
  );
}

/** The parts of an authority (RFC 3986 section 3.2). */
export interface AuthorityParts {
  user: string;
  password: string;
  /** The host in lower case; an IPv6 address without its brackets. */
  host: string;
  /** Whether the host stood in brackets. */
  isBracketed: boolean;
  /** What follows the colon after the host; `''` when nothing does. */
  port: string;
}

/** Takes an authority apart, whatever characters it holds. */
export function splitAuthority(authority: string): AuthorityParts {
  const at = authority.lastIndexOf('@');
  const [user, password] = splitAt(authority.slice(0, Math.max(at, 0)), ':');
  const hostAndPort = authority.slice(at + 1);
  const close = hostAndPort.startsWith('[') ? hostAndPort.indexOf(']') : -1;
  if (close > 0) {
    const host = hostAndPort.slice(1, close).toLowerCase();
    const port = hostAndPort.slice(close + 1).replace(/^:/, '');
    return { user, password, host, isBracketed: true, port };
  }
  const [host, port] = splitAt(hostAndPort, ':');
  return { user, password, host: host.toLowerCase(), isBracketed: false, port };
}

function splitAt(text: string, mark: string): [before: string, after: string] {
  const index = text.indexOf(mark);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
