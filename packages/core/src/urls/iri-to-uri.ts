import { toAscii } from '../hosts/to-ascii.ts';
import { joinUrl, splitAuthority, splitUrl } from './split-url.ts';

// What stays as it is in each component; escapes that are there already are kept.
const NOT_IN_NAME = /[^\w!$%&'()*+,\-.;=~]+/g;
const NOT_IN_ADDRESS = /[^\w!$%&'()*+,\-.:;=~]+/g;
const NOT_IN_PATH = /[^\w!$%&'()*+,\-./:;=@~]+/g;
const NOT_IN_QUERY = /[^\w!$%&'()*+,\-./:;=?@~]+/g;
const NOT_IN_FRAGMENT = /[^\w!#$%&'()*+,\-./:;=?@~]+/g;

const LOWER_ESCAPE = /%(?:[a-f][0-9a-f]|[0-9][a-f])/g;

/**
 * An IRI as a URI, which is ASCII (RFC 3987 section 3.1): the host becomes its IDNA form, and what
 * else a URI cannot hold is percent-encoded as UTF-8. What is a URI already stays as it is.
 *
 * It makes a URL sendable, and not trustworthy: it says nothing of where the URL leads.
 */
export function iriToUri(iri: string): string {
  const parts = splitUrl(iri.isWellFormed() ? iri : iri.toWellFormed());
  return joinUrl({
    scheme: parts.scheme,
    authority: parts.authority && encodeAuthority(parts.authority),
    path: percentEncode(parts.path, NOT_IN_PATH),
    query: percentEncode(parts.query, NOT_IN_QUERY),
    fragment: percentEncode(parts.fragment, NOT_IN_FRAGMENT),
  });
}

function encodeAuthority(authority: string): string {
  const { user, password, host, isBracketed, port } = splitAuthority(authority);
  let uri = percentEncode(user, NOT_IN_NAME);
  if (uri && password) uri += `:${percentEncode(password, NOT_IN_NAME)}`;
  if (uri) uri += '@';
  uri += isBracketed ? `[${encodeHost(host, NOT_IN_ADDRESS)}]` : encodeHost(host, NOT_IN_NAME);
  return port === '' ? uri : `${uri}:${percentEncode(port, NOT_IN_NAME)}`;
}

/** A host that has no IDNA form is percent-encoded, for which no browser knows an address. */
function encodeHost(host: string, unwanted: RegExp): string {
  const encoded = percentEncode(toAscii(host) ?? host, unwanted);
  return encoded.replace(LOWER_ESCAPE, (escaped) => escaped.toUpperCase());
}

function percentEncode(text: string, unwanted: RegExp): string {
  return text.replace(unwanted, encodeURIComponent);
}
