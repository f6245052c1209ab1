import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { onTestFinished } from 'vitest';
import { generateAdhocSslPair, type SslPair } from '../src/tls/adhoc-pair.ts';
import type { TestScope } from './client.ts';
import { type Served, serve } from './serve.ts';

type ServeArguments = Parameters<typeof serve>;

let pair: Promise<SslPair> | undefined;

/** A certificate for the tests of one file. */
export function testPair(): Promise<SslPair> {
  pair ??= generateAdhocSslPair();
  return pair;
}

/** As `serve()`, over TLS with HTTP/2. */
export async function serveHttp2(
  app: ServeArguments[0],
  options: ServeArguments[1] = {},
): Promise<Served> {
  return serve(app, { sslContext: await testPair(), http2: true, ...options });
}

/** A response over HTTP/2; texts are latin-1. */
export interface StreamResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** Names and values in turn. */
  raw: string[];
  body: string;
  trailers: IncomingHttpHeaders;
  interim: IncomingHttpHeaders[];
  /** How the stream ended; 0 as it should. */
  code: number;
}

/** One HTTP/2 connection, which ends with the test. */
export class Http2Client {
  readonly session: ClientHttp2Session;
  /** The code of the server's GOAWAY, once it has come. */
  goaway: number | undefined;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;

  constructor(
    port: number,
    options: http2.SecureClientSessionOptions = {},
    scope: TestScope = { onTestFinished },
  ) {
    this.session = http2.connect(`https://127.0.0.1:${port}`, {
      rejectUnauthorized: false,
      ...options,
    });
    this.session.on('error', () => {});
    this.session.on('goaway', (code) => {
      this.goaway = code;
    });
    this.closed = new Promise((resolve) => this.session.on('close', resolve));
    scope.onTestFinished(() => this.session.destroy());
  }

  /** Opens a stream; its body is the caller's to send. */
  open(headers: OutgoingHttpHeaders = {}, endStream = true): ClientHttp2Stream {
    const stream = this.session.request({ ':path': '/', ...headers }, { endStream });
    stream.on('error', () => {});
    return stream;
  }

  /** Sends a request and reads its response to the end. */
  ask(headers: OutgoingHttpHeaders = {}, body?: string | Uint8Array): Promise<StreamResponse> {
    const stream = this.open(headers, body === undefined);
    if (body !== undefined) stream.end(body);
    return readResponse(stream);
  }
}

/** Reads a stream's response to the end, however it ends. */
export function readResponse(stream: ClientHttp2Stream): Promise<StreamResponse> {
  const response: StreamResponse = {
    status: 0,
    headers: {},
    raw: [],
    body: '',
    trailers: {},
    interim: [],
    code: 0,
  };
  stream.on('headers', (headers) => void response.interim.push(headers));
  stream.on('continue', () => void response.interim.push({ ':status': 100 as never }));
  stream.on('response', (headers, _flags, raw?: unknown) => {
    response.status = Number(headers[':status']);
    response.headers = headers;
    response.raw = (raw as string[] | undefined) ?? [];
  });
  stream.on('trailers', (trailers) => {
    response.trailers = trailers;
  });
  stream.on('data', (chunk: Buffer) => {
    response.body += chunk.toString('latin1');
  });
  return new Promise((resolve) =>
    stream.on('close', () => {
      response.code = stream.rstCode ?? 0;
      resolve(response);
    }),
  );
}
