/**
 * A gateway server in one small file: everything that has to happen between a socket and an
 * application, in the order in which it happens. To read, not to deploy: it closes the connection
 * after each answer, holds a request's body in memory, takes no chunked ones, sends no 100
 * (Continue), checks no Content-Length against the body, has no TLS, no log and one timeout.
 * `@werkstatt/serving` is the same thing with all of that.
 *
 * Run it: `node --import ./tools/source.mjs examples/mini-server.ts`.
 */
import { on, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import {
  BadRequest,
  ClientDisconnected,
  type Environ,
  GATEWAY_VERSION,
  type GatewayApp,
  type HeaderList,
  HTTPException,
  type InputStream,
  InternalServerError,
  LengthRequired,
  NotFound,
  RequestEntityTooLarge,
  RequestHeaderFieldsTooLarge,
  type StartResponse,
  type Write,
} from '@werkstatt/core';
import { Request, Response } from '@werkstatt/wrappers';

export type Address = readonly [host: string, port: number];

const MAX_HEAD = 16_384;
const MAX_BODY = 1_048_576;
const IDLE_MILLISECONDS = 10_000;
const NOTHING = Buffer.alloc(0);

export class MiniServer {
  /** How many connections the kernel keeps for us until we take them: the backlog. */
  readonly requestQueueSize = 5;

  // Half-open: a client may say that it has sent everything, and still want its answer.
  #listener = createServer({ allowHalfOpen: true });
  // Connections queue up here until serveForever() takes them.
  #connections = on(this.#listener, 'connection', { close: ['close'] });
  #application: GatewayApp = () => {
    throw new Error('setApp() was not called.');
  };

  /** 1. A listening socket: from here on the kernel accepts connections in our name. */
  async listen([host, port]: Address): Promise<void> {
    this.#listener.listen({ host, port, backlog: this.requestQueueSize });
    await once(this.#listener, 'listening');
  }

  /** The port, which the kernel chose if it was asked for 0. */
  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  setApp(application: GatewayApp): void {
    this.#application = application;
  }

  /**
   * 2. The loop at the heart of every server. Nothing waits for `handleConnection()`: while one
   * application awaits its database, the loop takes the next connection. So whatever belongs to a
   * single request must not be kept on the server.
   */
  async serveForever(): Promise<void> {
    for await (const [socket] of this.#connections) void this.handleConnection(socket);
  }

  /** Takes no more connections, and lets `serveForever()` end. */
  close(): void {
    this.#listener.close();
  }

  /** 3. One connection, one request, one answer. */
  async handleConnection(socket: Socket): Promise<void> {
    // An error of the socket also rejects the reads below; this only keeps it from ending us.
    socket.on('error', () => {});
    socket.setTimeout(IDLE_MILLISECONDS, () => socket.destroy());
    const chunks: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]();
    const answer = new Answer(socket);
    try {
      const request = await readRequest(chunks);
      answer.withoutBody = request.method === 'HEAD';
      await this.callApplication(this.getEnviron(request, socket, answer), answer);
      socket.end();
      // A socket closed with unread bytes in it could take the answer along.
      while (!(await chunks.next()).done);
    } catch (error) {
      this.handleError(error, socket, answer);
    }
  }

  /** 4. The request as the application sees it: the same keys, whatever server it runs on. */
  getEnviron(request: ReceivedRequest, socket: Socket, answer: Answer): Environ {
    const { method, target, protocol, headers, body } = request;
    const [path, query] = splitOnce(target, '?');
    const aborted = new AbortController();
    socket.once('close', () => {
      if (!answer.finished) aborted.abort();
    });
    // No prototype: a client chooses some of the keys.
    const environ: Environ = Object.assign(Object.create(null), {
      REQUEST_METHOD: method,
      SCRIPT_NAME: '',
      PATH_INFO: decodePath(path),
      QUERY_STRING: query,
      REQUEST_URI: target,
      SERVER_NAME: socket.localAddress ?? '',
      SERVER_PORT: String(socket.localPort ?? ''),
      SERVER_PROTOCOL: protocol,
      REMOTE_ADDR: socket.remoteAddress ?? '',
      REMOTE_PORT: String(socket.remotePort ?? ''),
      'gateway.version': GATEWAY_VERSION,
      'gateway.url_scheme': 'http',
      'gateway.input': new Input(body),
      'gateway.errors': { write: (text: string) => process.stderr.write(text), flush() {} },
      'gateway.multithread': false,
      'gateway.multiprocess': false,
      'gateway.run_once': false,
      'gateway.signal': aborted.signal,
      'gateway.input_terminated': true,
      'gateway.raw_headers': () => headers,
      'gateway.trailers': () => [],
      'gateway.socket': socket,
    });
    for (const [name, value] of headers) {
      // X_Forwarded_For must not pass for X-Forwarded-For.
      if (name.includes('_')) continue;
      const key = `HTTP_${name.toUpperCase().replaceAll('-', '_')}` as const;
      const earlier = environ[key];
      const separator = key === 'HTTP_COOKIE' ? '; ' : ', ';
      environ[key] = earlier === undefined ? value : earlier + separator + value;
    }
    const { HTTP_CONTENT_TYPE: type, HTTP_CONTENT_LENGTH: length } = environ;
    if (type !== undefined) environ.CONTENT_TYPE = type;
    if (length !== undefined) environ.CONTENT_LENGTH = String(body.length);
    delete environ.HTTP_CONTENT_TYPE;
    delete environ.HTTP_CONTENT_LENGTH;
    return environ;
  }

  /** 5. The call that all of this is for. */
  async callApplication(environ: Environ, answer: Answer): Promise<void> {
    const body = await this.#application(environ, answer.startResponse);
    try {
      // One chunk at a time, and the next only when the socket has room for it.
      for await (const chunk of body) await answer.write(chunk);
      await answer.finish();
    } finally {
      await body.close?.();
    }
  }

  /** 6. A bad request gets its 4xx, a failed application its 500; half an answer is broken off. */
  handleError(error: unknown, socket: Socket, answer: Answer): void {
    if (answer.finished) return;
    const refusal = error instanceof HTTPException ? error : new InternalServerError();
    if (refusal !== error) console.error('Error on request:', error);
    if (answer.headSent) {
      socket.resetAndDestroy();
      return;
    }
    const status = `${refusal.code} ${refusal.reason}`;
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.destroySoon();
  }
}

/** What the application tells the server: status, headers, and then the body, chunk by chunk. */
class Answer {
  /** Whether the first byte has left: from then on there is no way back. */
  headSent = false;
  finished = false;
  /** Asked for with HEAD: the head alone. */
  withoutBody = false;

  #socket: Socket;
  #head: string | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Only notes the head down: until there is a body, an error can still become a clean 500. */
  startResponse: StartResponse = (status, headers, error) => {
    if (this.#head !== undefined && error === undefined) throw new Error('Headers already set.');
    if (this.headSent) throw error;
    this.#head = serializeHead(status, headers);
    if (/^(204|304)/.test(status)) this.withoutBody = true;
    return this.write;
  };

  write: Write = (chunk) => {
    if (this.#head === undefined) throw new Error('startResponse() was not called.');
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A body consists of Uint8Arrays.');
    if (!this.headSent) this.#socket.write(this.#head, 'latin1');
    this.headSent = true;
    const sent = this.#send(this.withoutBody ? NOTHING : chunk);
    // Who calls write() may leave its promise alone.
    sent.catch(() => {});
    return sent;
  };

  async finish(): Promise<void> {
    await this.write(NOTHING);
    this.finished = true;
  }

  /** Waits until the kernel has taken the chunk: a slow client slows the application down. */
  #send(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(chunk, (error) => (error ? reject(new ClientDisconnected()) : resolve()));
    });
  }
}

/** The request's body, from which the application reads as much as it likes. */
class Input implements InputStream {
  #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  async read(size = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const chunk = this.#bytes.subarray(0, size);
    this.#bytes = this.#bytes.subarray(chunk.length);
    return chunk;
  }

  readLine(limit = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const end = this.#bytes.indexOf('\n') + 1;
    return this.read(Math.min(end || this.#bytes.length, limit));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const all = await this.read();
    if (all.length > 0) yield all;
  }
}

interface RequestHead {
  method: string;
  target: string;
  protocol: string;
  headers: HeaderList;
}

interface ReceivedRequest extends RequestHead {
  body: Buffer;
}

/**
 * Reads one request. The network cuts it wherever it likes: the head may come byte by byte, or in
 * one piece with the body. Only the empty line, and then Content-Length, tell where they end.
 */
async function readRequest(chunks: AsyncIterator<Buffer>): Promise<ReceivedRequest> {
  const readChunk = async () => {
    const next = await chunks.next().catch(() => undefined);
    if (next === undefined || next.done) throw new ClientDisconnected();
    return next.value;
  };

  let start: Buffer = NOTHING;
  while (!start.includes('\r\n\r\n')) {
    if (start.length > MAX_HEAD) throw new RequestHeaderFieldsTooLarge();
    start = Buffer.concat([start, await readChunk()]);
  }
  const headEnd = start.indexOf('\r\n\r\n');
  const head = parseHead(start.toString('latin1', 0, headEnd));

  const length = bodyLength(head.headers);
  const pieces = [start.subarray(headEnd + 4)];
  for (let have = pieces[0]!.length; have < length; have += pieces.at(-1)!.length) {
    pieces.push(await readChunk());
  }
  return { ...head, body: Buffer.concat(pieces, length) };
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const REQUEST_LINE = new RegExp(`^(${TOKEN}) (/[!-~]*) (HTTP/1\\.[01])$`);
const FIELD = new RegExp(`^(${TOKEN}):([\\t -~\\x80-\\xff]*)$`);

/** `GET /user/Ada HTTP/1.1`, then a line per header field (RFC 9112). Any doubt is a 400. */
function parseHead(head: string): RequestHead {
  const [requestLine, ...lines] = head.split('\r\n') as [string, ...string[]];
  const [, method, target, protocol] = REQUEST_LINE.exec(requestLine) ?? [];
  if (!method || !target || !protocol) throw new BadRequest();
  const headers = lines.map((line): readonly [string, string] => {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined) throw new BadRequest();
    return [name, trimBlanks(value!)];
  });
  return { method, target, protocol, headers };
}

/** `String#trim` would take the no-break space along, which is a byte of the value like any other. */
function trimBlanks(value: string): string {
  const isBlank = (at: number) => value[at] === ' ' || value[at] === '\t';
  let start = 0;
  let end = value.length;
  while (isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return value.slice(start, end);
}

/** How long the body is. Two servers that differ on this can be made to see different requests. */
function bodyLength(headers: HeaderList): number {
  const values = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  if (values('transfer-encoding').length > 0) throw new LengthRequired();
  const [length = '0', ...others] = values('content-length');
  if (others.length > 0 || !/^\d{1,15}$/.test(length)) throw new BadRequest();
  if (Number(length) > MAX_BODY) throw new RequestEntityTooLarge();
  return Number(length);
}

/** Decodes `%C3%BC` to `ü`, once; bytes that are no UTF-8 stay as they are. */
function decodePath(path: string): string {
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A line break in a header would let whoever chose its value write headers of his own. */
function serializeHead(status: string, headers: HeaderList): string {
  const lines = [`HTTP/1.1 ${status}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (!/^[2-5]\d\d /.test(status) || lines.some((line) => /[^\t -~\x80-\xff]/.test(line))) {
    throw new TypeError('The status or a header has characters that it must not have.');
  }
  // The connection's end is the body's end: the plainest way that HTTP knows.
  return `${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`;
}

/** Binds `address` and gives the server; `serveForever()` answers. */
export async function makeServer(address: Address, app: GatewayApp): Promise<MiniServer> {
  const server = new MiniServer();
  server.setApp(app);
  await server.listen(address);
  return server;
}

/** An application knows nothing of the server: this one runs on any. */
export const application: GatewayApp = Request.application((request) => {
  if (request.path === '/') return new Response('Hello World!');
  const [, name] = /^\/user\/([^/]+)$/.exec(request.path) ?? [];
  if (name !== undefined) return new Response(`Hello ${name}!`);
  throw new NotFound();
});

if (import.meta.main) {
  const server = await makeServer(['localhost', 8888], application);
  process.once('SIGINT', () => server.close());
  console.log(`Serving on http://localhost:${server.port}/user/Ada`);
  await server.serveForever();
}
