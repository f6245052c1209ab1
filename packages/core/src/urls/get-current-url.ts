import { getHost, type HostEnviron } from '../hosts/get-host.ts';
import { uriToIri } from './uri-to-iri.ts';

/** Which part of a URL, and for which hosts. */
export interface CurrentUrlOptions {
  /** Leaves the path and the query out: the URL of the application. Default: false. */
  rootOnly?: boolean | undefined;
  /** Leaves the query out. Default: false. */
  stripQuerystring?: boolean | undefined;
  /** Leaves everything but scheme and host out. Default: false. */
  hostOnly?: boolean | undefined;
  /** The hosts to answer for, as in `getHost`. Default: every well-formed one. */
  trustedHosts?: Iterable<string> | null | undefined;
}

/** The keys of an environ that say for which URL a request is. */
export type UrlEnviron = HostEnviron & {
  readonly SCRIPT_NAME: string;
  readonly PATH_INFO: string;
  readonly QUERY_STRING: string;
};

const NOT_IN_PATH = /[^\w!$%&'()*+,\-./:;=@~]+/g;
const NOT_IN_QUERY = /[^\w!$%&'()*+,\-.:=~/;?@]+/g;
const NON_ASCII = /[^\x00-\x7f]/g;

/**
 * The URL of a request as an IRI, made of its environ: for people to read. The host is what the
 * client says, and `''` when it is malformed.
 *
 * @throws SecurityError when the host is not one of `trustedHosts`.
 */
export function getCurrentUrl(environ: UrlEnviron, options: CurrentUrlOptions = {}): string {
  const host = getHost(environ, options.trustedHosts);
  const site = `${environ['gateway.url_scheme']}://${host}/`;
  if (options.hostOnly) return uriToIri(site);
  const root = escapeText(trimSlashes(environ.SCRIPT_NAME), NOT_IN_PATH);
  const rootUrl = root === '' ? site : `${site}${root}/`;
  if (options.rootOnly) return uriToIri(rootUrl);
  const url = rootUrl + escapeText(withoutLeadingSlashes(environ.PATH_INFO), NOT_IN_PATH);
  const query = options.stripQuerystring ? '' : escapeQuery(environ.QUERY_STRING);
  return uriToIri(query === '' ? url : `${url}?${query}`);
}

function escapeText(text: string, unwanted: RegExp): string {
  return text.toWellFormed().replace(unwanted, encodeURIComponent);
}

/** A query as received: a code unit is an octet, or, above U+00FF, a character. */
function escapeQuery(query: string): string {
  const ascii = query.replace(NON_ASCII, (unit) =>
    unit <= '\xff' ? `%${unit.charCodeAt(0).toString(16).toUpperCase()}` : unit,
  );
  return escapeText(ascii, NOT_IN_QUERY);
}

function trimSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return withoutLeadingSlashes(path.slice(0, end));
}

function withoutLeadingSlashes(path: string): string {
  let start = 0;
  while (path[start] === '/') start++;
  return path.slice(start);
}
