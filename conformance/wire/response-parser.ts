import { Octets } from './octets.ts';

/** The request that a response answers, as far as framing depends on it. */
export interface RequestLine {
  method: string;
  version: string;
}

export type Field = readonly [name: string, value: string];

/** How the end of the content was marked; `none`: there can be no content. */
export type Framing = 'length' | 'chunked' | 'close' | 'none';

export interface InterimResponse {
  version: string;
  status: number;
  reason: string;
  /** Names in lower case. */
  headers: readonly Field[];
}

export interface FinalResponse extends InterimResponse {
  framing: Framing;
  body: Buffer;
  trailers: readonly Field[];
  /** The interim responses before it. */
  informational: readonly InterimResponse[];
}

/** Parsing yields when it needs more octets, and goes on where it stood. */
type Parsing<T> = Generator<undefined, T, undefined>;

interface Content {
  framing: Framing;
  body: Buffer;
  trailers: readonly Field[];
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const STATUS_LINE = /^HTTP\/(1\.[01]) ([1-5][0-9][0-9]) ([\t\x20-\x7e\x80-\xff]*)$/;
const CHUNK_SIZE = /^([0-9A-Fa-f]{1,13})(?:[ \t]*;.*)?$/;
const SINGLE_FIELDS = ['content-length', 'date', 'content-type', 'location', 'etag'];
const MAX_LINE = 1 << 20;
const CR = 13;
const LF = 10;
const EMPTY = Buffer.alloc(0);

class MalformedResponse extends Error {}

/**
 * Reads the responses of one connection as strictly as RFC 9112 writes them: what a lenient client
 * would repair is malformed here.
 */
export class ResponseParser {
  /** The complete final responses so far. */
  readonly responses: FinalResponse[] = [];
  /** Interim responses that no final one has followed yet. */
  readonly interim: InterimResponse[] = [];
  /** Why nothing further could be read; null while all is well. */
  malformed: string | null = null;
  readonly #requests: readonly RequestLine[];
  readonly #octets = new Octets();
  readonly #parsing: Parsing<never>;
  #position = 0;
  #complete = 0;
  #ended = false;

  constructor(requests: readonly RequestLine[]) {
    if (requests.length === 0) throw new Error('responses are read for at least one request');
    this.#requests = requests;
    this.#parsing = this.#readAll();
    this.#resume();
  }

  /** Octets received so far. */
  get received(): number {
    return this.#octets.length;
  }

  /** Octets of a response that is not complete. */
  get rest(): Buffer {
    return this.#octets.slice(this.#complete);
  }

  push(chunk: Uint8Array): void {
    this.#octets.append(chunk);
    this.#resume();
  }

  /** No more octets will come. */
  end(): void {
    this.#ended = true;
    this.#resume();
  }

  #resume(): void {
    if (this.malformed !== null) return;
    try {
      this.#parsing.next();
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.malformed = error.message;
    }
  }

  *#readAll(): Parsing<never> {
    for (;;) {
      const answered = Math.min(this.responses.length, this.#requests.length - 1);
      const request = this.#requests[answered]!;
      const head = yield* this.#readHead();
      checkHead(head, request);
      if (head.status < 200) {
        this.interim.push(head);
      } else {
        const content = yield* this.#readContent(head, request);
        this.responses.push({ ...head, ...content, informational: this.interim.splice(0) });
      }
      this.#complete = this.#position;
    }
  }

  *#readHead(): Parsing<InterimResponse> {
    const line = yield* this.#readLine('status line');
    const match = STATUS_LINE.exec(line);
    if (!match) throw new MalformedResponse(`status line ${quote(line)}`);
    const [, version, status, reason] = match as unknown as [string, string, string, string];
    const headers = yield* this.#readFields('header section');
    return { version, status: Number(status), reason, headers };
  }

  *#readContent(head: InterimResponse, request: RequestLine): Parsing<Content> {
    const length = fieldValues(head, 'content-length')[0];
    if (request.method === 'HEAD' || head.status === 204 || head.status === 304) {
      return { framing: 'none', body: EMPTY, trailers: [] };
    }
    if (fieldValues(head, 'transfer-encoding').length > 0) return yield* this.#readChunked();
    if (length !== undefined) {
      return { framing: 'length', body: yield* this.#read(Number(length)), trailers: [] };
    }
    while (!this.#ended) yield;
    const body = yield* this.#read(this.#octets.length - this.#position);
    return { framing: 'close', body, trailers: [] };
  }

  *#readChunked(): Parsing<Content> {
    const chunks: Buffer[] = [];
    for (;;) {
      const line = yield* this.#readLine('chunk size');
      const digits = CHUNK_SIZE.exec(line)?.[1];
      if (digits === undefined) throw new MalformedResponse(`chunk size line ${quote(line)}`);
      const size = Number.parseInt(digits, 16);
      if (size === 0) {
        const trailers = yield* this.#readFields('trailer section');
        return { framing: 'chunked', body: Buffer.concat(chunks), trailers };
      }
      chunks.push(yield* this.#read(size));
      const [cr, lf] = yield* this.#read(2);
      if (cr !== CR || lf !== LF) throw new MalformedResponse('chunk data not followed by CRLF');
    }
  }

  *#readFields(section: string): Parsing<Field[]> {
    const fields: Field[] = [];
    for (;;) {
      const line = yield* this.#readLine(section);
      if (line === '') return fields;
      fields.push(parseField(line, section));
    }
  }

  /** A line without its CRLF. */
  *#readLine(what: string): Parsing<string> {
    const start = this.#position;
    let scanned = start;
    let end = -1;
    while ((end = this.#octets.findLineFeed(scanned)) < 0) {
      scanned = this.#octets.length;
      if (scanned - start > MAX_LINE) {
        throw new MalformedResponse(`${what}: line of more than ${MAX_LINE} octets`);
      }
      yield;
    }
    const line = this.#octets.text(start, end);
    if (!line.endsWith('\r')) throw new MalformedResponse(`${what}: line ended by a bare LF`);
    if (line.indexOf('\r') < line.length - 1) throw new MalformedResponse(`${what}: bare CR`);
    this.#position = end + 1;
    return line.slice(0, -1);
  }

  *#read(count: number): Parsing<Buffer> {
    const start = this.#position;
    while (this.#octets.length - start < count) yield;
    this.#position = start + count;
    return this.#octets.slice(start, start + count);
  }
}

/** The values of a field, in order. */
export function fieldValues(head: InterimResponse, name: string): string[] {
  return head.headers.filter(([given]) => given === name).map(([, value]) => value);
}

function parseField(line: string, section: string): Field {
  const colon = line.indexOf(':');
  if (colon < 0) throw new MalformedResponse(`${section}: no colon in ${quote(line)}`);
  const name = line.slice(0, colon);
  if (!TOKEN.test(name)) {
    throw new MalformedResponse(`${section}: field name ${quote(name)} is not a token`);
  }
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  if (!FIELD_VALUE.test(value)) {
    throw new MalformedResponse(`${section}: control character in field ${name}`);
  }
  return [name.toLowerCase(), value];
}

/** What a head must not say, whatever content follows (RFC 9112 §6, RFC 9110 §8.6 and §15). */
function checkHead(head: InterimResponse, request: RequestLine): void {
  const fail = (why: string): never => {
    throw new MalformedResponse(`${head.status}: ${why}`);
  };
  for (const name of SINGLE_FIELDS) {
    const { length } = fieldValues(head, name);
    if (length > 1) fail(`field ${name} given ${length} times`);
  }
  const [length] = fieldValues(head, 'content-length');
  const codings = fieldValues(head, 'transfer-encoding');
  if (length !== undefined && !/^[0-9]+$/.test(length)) fail(`content-length ${quote(length)}`);
  if (codings.length > 0) {
    const coding = codings.join(',');
    if (length !== undefined) fail('content-length together with transfer-encoding');
    if (coding.toLowerCase() !== 'chunked') fail(`transfer-encoding ${quote(coding)}`);
    if (head.version === '1.0') fail('chunked in an HTTP/1.0 response');
    if (request.version === '1.0') fail('chunked sent to an HTTP/1.0 client');
  }
  if (head.status < 200 && request.version === '1.0') fail('sent to an HTTP/1.0 client');
  if ((head.status < 200 || head.status === 204) && (length ?? codings[0]) !== undefined) {
    fail('carries content-length or transfer-encoding');
  }
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
