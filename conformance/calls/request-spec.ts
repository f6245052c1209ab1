import { ChunkInput, type Environ } from '@werkstatt/core';
import { type Octets, toOctets } from './encode.ts';

/** What a case tells of a request; everything but the header fields has a default. */
export interface RequestSpec {
  readonly method?: string | undefined;
  readonly scheme?: 'http' | 'https' | undefined;
  readonly server?: readonly [name: string, port: number | null] | undefined;
  readonly rootPath?: string | undefined;
  readonly path?: string | undefined;
  readonly queryString?: string | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly remoteAddr?: string | undefined;
  readonly body?: Octets | undefined;
  readonly inputTerminated?: boolean | undefined;
}

/** The environ of a request as a server of the protocol makes it; nothing is implied. */
export function environOf(request: RequestSpec): Environ {
  const [name, port] = request.server ?? ['localhost', 80];
  const environ = {
    REQUEST_METHOD: request.method ?? 'GET',
    SCRIPT_NAME: request.rootPath ?? '',
    PATH_INFO: request.path ?? '/',
    QUERY_STRING: Buffer.from(request.queryString ?? '').toString('latin1'),
    REQUEST_URI: encodeURI(request.path ?? '/'),
    SERVER_NAME: name,
    SERVER_PORT: port === null ? '' : String(port),
    SERVER_PROTOCOL: 'HTTP/1.1',
    REMOTE_ADDR: request.remoteAddr ?? '',
    REMOTE_PORT: '',
    'gateway.version': [1, 0] as const,
    'gateway.url_scheme': request.scheme ?? 'http',
    'gateway.input': new ChunkInput([toOctets(request.body ?? '')]),
    'gateway.errors': { write: () => {}, flush: () => {} },
    'gateway.multithread': false,
    'gateway.multiprocess': false,
    'gateway.run_once': false,
    'gateway.signal': new AbortController().signal,
    'gateway.input_terminated': request.inputTerminated ?? false,
    'gateway.raw_headers': () => request.headers ?? [],
    'gateway.trailers': () => [],
  };
  return Object.assign(Object.create(null), environ, headerKeys(request.headers ?? []));
}

/** The keys for header fields; the cases join repeated fields by a bare comma, cookies by `;`. */
function headerKeys(headers: NonNullable<RequestSpec['headers']>): Record<string, string> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toUpperCase().replaceAll('-', '_');
    const environKey = /^CONTENT_(TYPE|LENGTH)$/.test(key) ? key : `HTTP_${key}`;
    const list = lists.get(environKey);
    if (list) list.push(value);
    else lists.set(environKey, [value]);
  }
  return Object.fromEntries(
    Array.from(lists, ([key, values]) => [key, values.join(key === 'HTTP_COOKIE' ? ';' : ',')]),
  );
}
