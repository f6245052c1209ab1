import { ArgumentError } from '../errors/argument-error.ts';
import { percentDecode } from '../http/percent-decode.ts';
import type { Environ, ErrorStream, HeaderList, InputStream } from '../protocol.ts';
import { getContentLength } from '../streams/get-content-length.ts';
import { splitAuthority, splitUrl } from '../urls/split-url.ts';
import { ConsoleErrors } from './console-errors.ts';
import { FetchEnviron, type LazyRequest } from './fetch-environ.ts';
import { requestInput } from './request-input.ts';

const DIGITS = /^[0-9]+$/;

/** What a platform's `Request` does not say of itself. */
export interface EnvironFromFetchOptions {
  /** Aborted when the client goes away. Default: `request.signal`. */
  signal?: AbortSignal | undefined;
  /** The address of the client. Default: `''`, not known. */
  remoteAddr?: string | undefined;
  /** The port of the client. Default: `''`, not known. */
  remotePort?: number | string | undefined;
  /** The protocol that the request came by. Default: `'HTTP/1.1'`. */
  serverProtocol?: string | undefined;
  /** Where the application writes for the log. Default: the console. */
  errors?: ErrorStream | undefined;
}

/**
 * The environ of a platform's `Request`, for applications on Deno, Bun, Workers and wherever else
 * requests are of that class. The path is decoded and the query raw, as a server's are; the host of
 * the URL stands in `HTTP_HOST`, whatever the header says, so that there is one host to judge. A
 * body of unknown length shows as `Transfer-Encoding: chunked`, which it would be in HTTP/1.1.
 *
 * Body and signal are not touched before something asks for them. The body can be read once, here
 * or of `request`.
 *
 * @throws ArgumentError when the URL is not of the schemes `http` and `https`.
 */
export function environFromFetch(
  request: globalThis.Request,
  options: EnvironFromFetchOptions = {},
): Environ {
  const { scheme, authority = '', path, query } = splitUrl(request.url);
  if ((scheme !== 'http' && scheme !== 'https') || authority === '') {
    throw new ArgumentError(
      `An environ is made of a Request whose URL begins with http:// or https://, not of ${request.url}`,
    );
  }
  const { host, port } = splitAuthority(authority);
  const lazy = new LazyFetchRequest(request, options.signal);
  const environ: Environ = new FetchEnviron(
    {
      method: request.method,
      scheme,
      target: requestTarget(request.url, path, query),
      path: percentDecode(path) || '/',
      query,
      serverName: host,
      serverPort: port || (scheme === 'https' ? '443' : '80'),
      protocol: options.serverProtocol ?? 'HTTP/1.1',
      remoteAddr: options.remoteAddr ?? '',
      remotePort: String(options.remotePort ?? ''),
      errors: options.errors ?? new ConsoleErrors(),
    },
    lazy,
  );
  addFields(environ, request.headers);
  environ.HTTP_HOST = authority.slice(authority.lastIndexOf('@') + 1);
  lazy.length = getContentLength(environ);
  if (hasBodyOfUnknownLength(request, environ)) environ.HTTP_TRANSFER_ENCODING = 'chunked';
  return environ;
}

/** The target in origin-form: an empty query keeps its `?`, as it does in a request line. */
function requestTarget(url: string, path: string, query: string): string {
  const hash = url.indexOf('#');
  const mark = url.indexOf('?');
  const hasQuery = mark >= 0 && (hash < 0 || mark < hash);
  return hasQuery ? `${path || '/'}?${query}` : path || '/';
}

/**
 * One key per field. A name with `_` is left out, so that it can't pose as another, and `Proxy`, whose
 * key would be that of a setting.
 */
function addFields(environ: Environ, headers: globalThis.Headers): void {
  for (const [name, value] of headers) {
    if (name.includes('_') || name === 'proxy') continue;
    if (name === 'content-type') environ.CONTENT_TYPE = value;
    else if (name === 'content-length') setLength(environ, value);
    else environ[`HTTP_${name.toUpperCase().replaceAll('-', '_')}`] = value;
  }
}

/** A length that is none is left out: the stream of a `Request` ends by itself. */
function setLength(environ: Environ, value: string): void {
  if (DIGITS.test(value)) environ.CONTENT_LENGTH = value.replace(/^0+(?=[0-9])/, '');
}

function hasBodyOfUnknownLength(request: globalThis.Request, environ: Environ): boolean {
  const isStated = 'CONTENT_LENGTH' in environ || 'HTTP_TRANSFER_ENCODING' in environ;
  const mayHaveBody = request.method !== 'GET' && request.method !== 'HEAD';
  return mayHaveBody && !isStated && request.body !== null;
}

class LazyFetchRequest implements LazyRequest {
  readonly #request: globalThis.Request;
  readonly #signal: AbortSignal | undefined;
  #input: InputStream | undefined;
  /** The length that the request's headers state. */
  length: number | null = null;

  constructor(request: globalThis.Request, signal: AbortSignal | undefined) {
    this.#request = request;
    this.#signal = signal;
  }

  get input(): InputStream {
    this.#input ??= requestInput(this.#request, this.length);
    return this.#input;
  }

  get signal(): AbortSignal {
    return this.#signal ?? this.#request.signal;
  }

  get rawHeaders(): () => HeaderList {
    return () => [...this.#request.headers];
  }
}
