import type { Environ, GatewayApp, HeaderList, InputStream } from '@werkstatt/core';

/** What a test says of a request; the rest is a plain `GET http://localhost/`. */
export interface TestRequest {
  method?: string;
  scheme?: 'http' | 'https';
  root?: string;
  path?: string;
  query?: string;
  headers?: Readonly<Record<string, string>>;
  /** The chunks of the body. With `chunked`, no length is declared. */
  body?: string | readonly Uint8Array[];
  chunked?: boolean;
}

/** An environ as a server makes it. */
export function testEnviron(request: TestRequest = {}): Environ {
  const chunks = typeof request.body === 'string' ? [bytes(request.body)] : (request.body ?? []);
  const environ: Environ = {
    REQUEST_METHOD: request.method ?? 'GET',
    SCRIPT_NAME: request.root ?? '',
    PATH_INFO: request.path ?? '/',
    QUERY_STRING: request.query ?? '',
    REQUEST_URI: request.path ?? '/',
    SERVER_NAME: 'localhost',
    SERVER_PORT: '80',
    SERVER_PROTOCOL: 'HTTP/1.1',
    REMOTE_ADDR: '127.0.0.1',
    REMOTE_PORT: '50000',
    'gateway.version': [1, 0],
    'gateway.url_scheme': request.scheme ?? 'http',
    'gateway.input': new TestInput(chunks),
    'gateway.errors': { write: () => {}, flush: () => {} },
    'gateway.multithread': false,
    'gateway.multiprocess': false,
    'gateway.run_once': false,
    'gateway.signal': new AbortController().signal,
    'gateway.input_terminated': true,
    'gateway.raw_headers': () => [],
    'gateway.trailers': () => [],
  };
  if (request.body !== undefined) {
    if (request.chunked) environ.HTTP_TRANSFER_ENCODING = 'chunked';
    else environ.CONTENT_LENGTH = String(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  }
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const key = name.toUpperCase().replaceAll('-', '_');
    environ[/^CONTENT_(TYPE|LENGTH)$/.test(key) ? key : `HTTP_${key}`] = value;
  }
  return environ;
}

/** What a server got from an application. */
export interface TestAnswer {
  status: string;
  headers: Record<string, string>;
  headerList: HeaderList;
  chunks: Uint8Array[];
  text: string;
}

/** Answers one request as a server does: runs the app, pulls the body, closes it. */
export async function serve(app: GatewayApp, request: TestRequest = {}): Promise<TestAnswer> {
  let status = '';
  let headerList: HeaderList = [];
  const body = await app(testEnviron(request), (...head) => {
    [status, headerList] = head;
    return () => {};
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  await body.close?.();
  const headers = Object.fromEntries(headerList);
  return { status, headers, headerList, chunks, text: Buffer.concat(chunks).toString() };
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A request body in memory, which counts the bytes that were taken from it. */
export class TestInput implements InputStream {
  readonly #chunks: Uint8Array[];
  taken = 0;

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = [...chunks];
  }

  async read(size?: number): Promise<Uint8Array> {
    if (size === undefined) return this.#take(Buffer.concat(this.#chunks.splice(0)));
    const chunk = this.#chunks.shift() ?? new Uint8Array();
    if (chunk.length > size) this.#chunks.unshift(chunk.subarray(size));
    return this.#take(chunk.subarray(0, size));
  }

  async readLine(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const rest = Buffer.concat(this.#chunks.splice(0));
    const end = Math.min(rest.indexOf('\n') + 1 || rest.length, limit);
    this.#chunks.push(rest.subarray(end));
    return this.#take(rest.subarray(0, end));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.read(65_536); chunk.length > 0; chunk = await this.read(65_536)) {
      yield chunk;
    }
  }

  #take(chunk: Uint8Array): Uint8Array {
    this.taken += chunk.length;
    return new Uint8Array(chunk);
  }
}
