/** The bodies that are decoded: forms as browsers send them, and files that hope for a slow search. */

/** A body with what a decoder has to find in it. */
export interface Body {
  readonly boundary: string;
  readonly chunks: readonly Buffer[];
  readonly parts: number;
  /** Of the parts' contents alone. */
  readonly contentBytes: number;
  readonly bytes: number;
}

/** What is measured, and what its figure counts per second. */
export interface Workload {
  readonly name: string;
  readonly unit: 'k parts' | 'MB';
  readonly body: () => Body;
}

/** The boundary that Chromium draws has this form. */
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const CHUNK = 65_536;
const MIB = 1_048_576;

/** The longest boundary that the RFC allows, of one letter, which the content has nothing but. */
const CHOSEN = 'a'.repeat(70);

export const WORKLOADS: readonly Workload[] = [
  { name: 'fields-10', unit: 'k parts', body: () => fields(10) },
  { name: 'fields-100', unit: 'k parts', body: () => fields(100) },
  { name: '100 MiB', unit: 'MB', body: () => largeFile(100 * MIB) },
  { name: 'CRLF--', unit: 'MB', body: () => filled('\r\n--', 16 * MIB) },
  { name: 'near', unit: 'MB', body: () => filled(nearBoundary(), 16 * MIB) },
  { name: 'CR', unit: 'MB', body: () => filled('\r', 16 * MIB) },
  { name: 'chosen', unit: 'MB', body: () => filled('a', 4 * MIB, CHUNK, CHOSEN) },
  { name: 'suffix', unit: 'MB', body: () => filled(`x\n--${CHOSEN}`, 4 * MIB, CHUNK, CHOSEN) },
  { name: 'tiny', unit: 'k parts', body: () => tinyParts(100_000) },
  { name: '1-byte', unit: 'MB', body: () => singleBytes(65_000) },
];

/** A form of fields, in one chunk. */
export function fields(count: number): Body {
  const contents = Array.from({ length: count }, (_, index) => `value number ${index}`);
  const parts = contents.map((content, index) => field(`field${index}`, content));
  return inChunks([...parts, end()], count, byteLength(contents));
}

/** A field and a file. The file is one block of noise again and again, which stays in the cache. */
export function largeFile(size: number): Body {
  const block = noise(CHUNK);
  const content = Array<Buffer>(size / CHUNK).fill(block);
  const chunks = [Buffer.from(field('title', 'holiday') + fileHead()), ...content];
  chunks.push(Buffer.from(`\r\n${end()}`));
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return { boundary: BOUNDARY, chunks, parts: 2, contentBytes: size + 'holiday'.length, bytes };
}

/** A file that is one text again and again. */
export function filled(text: string, size: number, chunk = CHUNK, boundary = BOUNDARY): Body {
  const content = Buffer.alloc(size, text, 'latin1');
  return inChunks([fileHead(boundary), content, `\r\n${end(boundary)}`], 1, size, chunk, boundary);
}

/** Fields with a name and a value of one letter each. */
export function tinyParts(count: number): Body {
  return inChunks([field('a', '1').repeat(count), end()], count, count, CHUNK);
}

/** A field and a file of noise, byte by byte. */
export function singleBytes(size: number): Body {
  const pieces = [field('title', 'holiday') + fileHead(), noise(size), `\r\n${end()}`];
  return inChunks(pieces, 2, size + 'holiday'.length, 1);
}

/** Five ways in which a body can be cut off; each is an error. */
export const TRUNCATED: Readonly<Record<string, Body>> = {
  'in a header': cut((body) => body.indexOf('name="file"')),
  'in a value': cut((body) => body.indexOf('liday')),
  'in a file': cut((body) => body.indexOf('lazy dog')),
  'before the last boundary': cut((body) => body.lastIndexOf(`--${BOUNDARY}`)),
  'before the last dash': cut((body) => body.length - 3),
};

function cut(where: (body: string) => number): Body {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(10);
  const body = `${field('title', 'holiday')}${fileHead()}${text}\r\n${end()}`;
  return inChunks([body.slice(0, where(body))], 2, 0);
}

function field(name: string, content: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
}

function fileHead(boundary = BOUNDARY): string {
  return (
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="video.bin"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n'
  );
}

function end(boundary = BOUNDARY): string {
  return `--${boundary}--\r\n`;
}

/** The delimiter, but for the last letter of the boundary. */
function nearBoundary(): string {
  return `\r\n--${BOUNDARY.slice(0, -1)}~`;
}

/** The same noise each time (xorshift). */
function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 0x2545f491;
  for (let index = 0; index < size; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state;
  }
  return bytes;
}

function byteLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** A body of pieces, cut into chunks of one size; without a size it is one chunk. */
function inChunks(
  pieces: readonly (string | Buffer)[],
  parts: number,
  contentBytes: number,
  size = Number.POSITIVE_INFINITY,
  boundary = BOUNDARY,
): Body {
  const body = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
  const chunks: Buffer[] = [];
  for (let start = 0; start < body.length; start += size) {
    chunks.push(body.subarray(start, Math.min(start + size, body.length)));
  }
  return { boundary, chunks, parts, contentBytes, bytes: body.length };
}
