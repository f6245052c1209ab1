import {
  type Environ,
  EnvironHeaders,
  getCurrentUrl,
  getHost,
  type ImmutableMultiDict,
  parseCookie,
  parseListHeader,
  parseQueryDict,
} from '@werkstatt/core';
import { defineOwn } from '../values/define-own.ts';
import { INSPECT } from '../values/inspect.ts';
import { readableQuery, withLeadingSlash, withoutTrailingSlashes } from './request-path.ts';
import { RequestState, STATE, stateOf } from './request-state.ts';

const DIGITS = /^[0-9]+$/;

/** How a request is made of an environ. */
export interface RequestOptions {
  /**
   * Makes reading the body an error, so that middleware which looks at a request can't take the
   * body from the application behind it. Default: false.
   */
  shallow?: boolean | undefined;
}

/** An interface can have a key that the declaration of a class can't. */
export interface RequestHead {
  [STATE]: RequestState | undefined;
}

/** The first of the classes that make up `Request`: the request line, its URL, and who asks. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor sets what is added.
export class RequestHead {
  static {
    Object.defineProperty(RequestHead.prototype, INSPECT, {
      configurable: true,
      writable: true,
      value: RequestHead.prototype.toString,
    });
  }

  /**
   * The hosts to answer for; one with a leading dot includes its subdomains. Default: any host that
   * is well-formed. Without it, clients choose the host in the URLs you make from `request.url`.
   */
  static trustedHosts: readonly string[] | undefined = undefined;

  /** What the server said about the request. */
  readonly environ: Environ;

  constructor(environ: Environ, options?: RequestOptions) {
    this.environ = environ;
    this[STATE] = options?.shallow ? new RequestState(true) : undefined;
  }

  /** As the static property, for this request. */
  get trustedHosts(): readonly string[] | undefined {
    return (this.constructor as typeof RequestHead).trustedHosts;
  }
  set trustedHosts(hosts: readonly string[] | undefined) {
    defineOwn(this, 'trustedHosts', hosts);
  }

  /** The method, in upper case. */
  get method(): string {
    return this.environ.REQUEST_METHOD.toUpperCase();
  }

  /** `'http'` or `'https'`. */
  get scheme(): string {
    return this.environ['gateway.url_scheme'];
  }

  /** Whether the request came over TLS. */
  get isSecure(): boolean {
    return this.scheme === 'https' || this.scheme === 'wss';
  }

  /** The server's own name and port, whatever the client calls it; a Unix socket has no port. */
  get server(): readonly [name: string, port: number | undefined] {
    const { SERVER_NAME: name, SERVER_PORT: port } = this.environ;
    return [name, DIGITS.test(port) ? Number(port) : undefined];
  }

  /** The path below `rootPath`, decoded, with one slash in front. */
  get path(): string {
    return withLeadingSlash(this.environ.PATH_INFO);
  }

  /** The path at which the application is mounted, without a slash at its end; `''` at the root. */
  get rootPath(): string {
    return withoutTrailingSlashes(this.environ.SCRIPT_NAME);
  }

  /** The same as `rootPath`. */
  get scriptRoot(): string {
    return this.rootPath;
  }

  /** The query as received, without `?`; a code unit from U+0080 to U+00FF is an octet. */
  get queryString(): string {
    return this.environ.QUERY_STRING;
  }

  /**
   * The path and the query for people to read, with a `?` between them even if there is no query.
   */
  get fullPath(): string {
    return `${this.path}?${readableQuery(this.queryString)}`;
  }

  /** The query's names and values. */
  get args(): ImmutableMultiDict {
    const state = stateOf(this);
    state.args ??= parseQueryDict(this.queryString);
    return state.args;
  }

  /**
   * The host the request is for, with the port unless it is the scheme's own; `''` if it is
   * malformed.
   *
   * @throws SecurityError when it isn't one of `trustedHosts`, as the URLs below do.
   */
  get host(): string {
    return getHost(this.environ, this.trustedHosts);
  }

  /** Scheme and host, with a slash at the end. This and the other URLs are for people to read. */
  get hostUrl(): string {
    return getCurrentUrl(this.environ, { hostOnly: true, trustedHosts: this.trustedHosts });
  }

  /** Scheme, host and `rootPath`, with a slash at the end. */
  get rootUrl(): string {
    return getCurrentUrl(this.environ, { rootOnly: true, trustedHosts: this.trustedHosts });
  }

  /** The same as `rootUrl`. */
  get urlRoot(): string {
    return this.rootUrl;
  }

  /** The URL without the query. */
  get baseUrl(): string {
    return getCurrentUrl(this.environ, { stripQuerystring: true, trustedHosts: this.trustedHosts });
  }

  /**
   * The whole URL as an IRI (RFC 3987), in which text beyond ASCII is readable; `iriToUri` makes a
   * URI of it.
   */
  get url(): string {
    return getCurrentUrl(this.environ, { trustedHosts: this.trustedHosts });
  }

  /** The client's address, or the last proxy's; `undefined` on a Unix socket. */
  get remoteAddr(): string | undefined {
    return this.environ.REMOTE_ADDR || undefined;
  }

  /**
   * The addresses in `X-Forwarded-For`, the client's first; without the field, `remoteAddr` alone.
   * A client can write anything into it, so take it for a fact only behind proxies of your own.
   */
  get accessRoute(): readonly string[] {
    const { HTTP_X_FORWARDED_FOR: forwarded } = this.environ;
    if (forwarded !== undefined) return parseListHeader(forwarded);
    return this.remoteAddr === undefined ? [] : [this.remoteAddr];
  }

  /** The user that a server or middleware in front has made sure of, by `REMOTE_USER`. */
  get remoteUser(): string | undefined {
    const { REMOTE_USER: user } = this.environ;
    return typeof user === 'string' ? user : undefined;
  }

  /** The header fields, to be read only. */
  get headers(): EnvironHeaders {
    const state = stateOf(this);
    state.headers ??= new EnvironHeaders(this.environ);
    return state.headers;
  }

  /** The cookies that came with the request. */
  get cookies(): ImmutableMultiDict {
    const state = stateOf(this);
    state.cookies ??= parseCookie(this.environ.HTTP_COOKIE);
    return state.cookies;
  }

  /** Whether other threads of the process may run the application at the same time. */
  get isMultithread(): boolean {
    return this.environ['gateway.multithread'];
  }

  /** Whether other processes may run the application at the same time. */
  get isMultiprocess(): boolean {
    return this.environ['gateway.multiprocess'];
  }

  /** Whether the process ends after this request. */
  get isRunOnce(): boolean {
    return this.environ['gateway.run_once'];
  }

  /** Aborted when the client goes away, or the server gives the request up. */
  get signal(): AbortSignal {
    return this.environ['gateway.signal'];
  }

  /** As `[Request GET http://localhost/]`. */
  toString(): string {
    let url: string;
    try {
      url = this.url;
    } catch {
      url = '(untrusted host)';
    }
    return `[${this.constructor.name} ${this.method} ${url}]`;
  }
}
