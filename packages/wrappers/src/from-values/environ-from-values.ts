import {
  ArgumentError,
  ChunkInput,
  ConsoleErrors,
  dumpQuery,
  type Environ,
  GATEWAY_VERSION,
  Headers,
  type HeadersInit,
  isToken,
  parseOptionsHeader,
  percentDecode,
  type QueryInit,
} from '@werkstatt/core';
import { type BodyValues, encodeBody } from './values-body.ts';
import { parseBaseUrl, splitTarget } from './values-url.ts';

/** What a request is made of; each value has a default. */
export interface EnvironValues extends BodyValues {
  /** The path below `baseUrl`, as in a URL, and perhaps a query. Default: `'/'`. */
  path?: string | undefined;
  /** Where the application is mounted, as `'https://example.org/app'`. Default: `'http://localhost/'`. */
  baseUrl?: string | undefined;
  /** The query as it stands in a URL, without `?`. */
  queryString?: string | undefined;
  /** The query's names and values, in place of `queryString`. */
  args?: QueryInit | undefined;
  /** Default: `'GET'`, also with a body. */
  method?: string | undefined;
  /** Header fields; what they say of the content goes before what the body says of itself. */
  headers?: HeadersInit | undefined;
  /** The media type of the body, which goes before that in `headers`. */
  contentType?: string | undefined;
  /** The client's address. Default: `'127.0.0.1'`. */
  remoteAddr?: string | undefined;
  /** Default: `'HTTP/1.1'`. */
  serverProtocol?: string | undefined;
  /** Default: one that is never aborted. */
  signal?: AbortSignal | undefined;
  /** Keys to set in the environ in the end, whatever else they would be. */
  environ?: Partial<Environ> | undefined;
}

/**
 * The environ of a request that no client sent: for tests, and for running an application by hand.
 * Without values it is that of `GET http://localhost/`.
 *
 * @throws ArgumentError when values contradict each other or can't be sent.
 */
export function environFromValues(values: EnvironValues = {}): Environ {
  const { method = 'GET' } = values;
  if (!isToken(method)) throw new ArgumentError(`${JSON.stringify(method)} is no method.`);
  const base = parseBaseUrl(values.baseUrl ?? 'http://localhost/');
  const { rawPath, query } = splitTarget(values.path ?? '/', queryOf(values));
  const headers = new Headers(values.headers);
  if (!headers.has('Host')) headers.set('Host', base.host);
  const environ: Environ = {
    REQUEST_METHOD: method,
    SCRIPT_NAME: percentDecode(base.rawRoot),
    PATH_INFO: percentDecode(rawPath),
    QUERY_STRING: query ?? '',
    REQUEST_URI: base.rawRoot + rawPath + (query === undefined ? '' : `?${query}`),
    SERVER_NAME: base.serverName,
    SERVER_PORT: base.serverPort,
    SERVER_PROTOCOL: values.serverProtocol ?? 'HTTP/1.1',
    REMOTE_ADDR: values.remoteAddr ?? '127.0.0.1',
    REMOTE_PORT: '',
    'gateway.version': GATEWAY_VERSION,
    'gateway.url_scheme': base.scheme,
    'gateway.input': new ChunkInput(addBody(headers, values)),
    'gateway.errors': new ConsoleErrors(),
    'gateway.multithread': false,
    'gateway.multiprocess': false,
    'gateway.run_once': false,
    'gateway.signal': values.signal ?? new AbortController().signal,
    'gateway.input_terminated': true,
    'gateway.raw_headers': () => headers.toGatewayList(),
    'gateway.trailers': () => [],
  };
  addFields(environ, headers);
  return Object.assign(Object.setPrototypeOf(environ, null) as Environ, values.environ);
}

function queryOf({ queryString, args }: EnvironValues): string | undefined {
  if (args === undefined) return queryString;
  if (queryString === undefined) return dumpQuery(args);
  throw new ArgumentError('The query is in queryString and in args; give one of them.');
}

/** The body's chunks; the header fields then say of it what they didn't say before. */
function addBody(
  headers: Headers,
  values: EnvironValues,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (values.contentType !== undefined) headers.set('Content-Type', values.contentType);
  const [mimetype] = parseOptionsHeader(headers.get('Content-Type') ?? null);
  const body = encodeBody(values, mimetype.toLowerCase());
  if (!body) return [];
  const isBoundaryMissing = mimetype.toLowerCase() === 'multipart/form-data' && !values.body;
  if (body.contentType !== undefined && (mimetype === '' || isBoundaryMissing)) {
    headers.set('Content-Type', body.contentType);
  }
  if (!headers.has('Content-Length')) {
    if (body.length === undefined) headers.setdefault('Transfer-Encoding', 'chunked');
    else headers.set('Content-Length', body.length);
  }
  return body.chunks;
}

function addFields(environ: Environ, headers: Headers): void {
  for (const [name, value] of headers) {
    if (name.includes('_')) continue;
    const upper = name.toUpperCase().replaceAll('-', '_');
    const isContent = upper === 'CONTENT_TYPE' || upper === 'CONTENT_LENGTH';
    const key = isContent ? upper : `HTTP_${upper}`;
    const before = environ[key];
    const separator = key === 'HTTP_COOKIE' ? '; ' : ', ';
    environ[key] = before === undefined ? value : `${before}${separator}${value}`;
  }
}
