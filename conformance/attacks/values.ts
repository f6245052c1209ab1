import { gzipSync } from 'node:zlib';

/** How long a piece is: a number, or `"N"`, the size under test. */
type Times = number | 'N';

/**
 * Makes the arguments of a case from how they are written: strings that repeat, octets, chunks.
 *
 * @param size what `"N"` stands for.
 * @throws Error when `"N"` is written and no size is given, or a value makes no sense.
 */
export function expand(written: unknown, size?: number): unknown {
  if (Array.isArray(written)) return written.map((part) => expand(part, size));
  if (typeof written !== 'object' || written === null) return written;
  if (written instanceof Uint8Array) return written;
  const keys = Object.keys(written).sort().join(' ');
  const maker = MAKERS.get(keys);
  if (maker) return maker(written as Written, size);
  const parts = Object.entries(written).map(([key, part]) => [key, expand(part, size)] as const);
  return withLength(Object.fromEntries(parts));
}

/** The keys of everything that stands for a value. */
interface Written {
  readonly repeat: unknown;
  readonly times: Times;
  readonly join: readonly unknown[];
  readonly bytes: unknown;
  readonly gzipOf: unknown;
  readonly chunks: unknown;
  readonly size: number;
  readonly repeatPairs: readonly unknown[];
}

type Maker = (written: Written, size: number | undefined) => unknown;

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['repeat times', ({ repeat, times }, size) => textOf(repeat, size).repeat(count(times, size))],
  ['join', ({ join }, size) => join.map((part) => textOf(part, size)).join('')],
  ['bytes', ({ bytes }, size) => octetsOf(bytes, size)],
  ['gzipOf', ({ gzipOf }, size) => new Uint8Array(gzipSync(octetsOf(gzipOf, size)))],
  ['chunks size', ({ chunks, size: each }, size) => cut(octetsOf(chunks, size), each)],
  [
    'repeatPairs times',
    ({ repeatPairs, times }, size) => {
      const [name, value] = expand(repeatPairs, size) as [unknown, unknown];
      return Array.from({ length: count(times, size) }, () => [name, value]);
    },
  ],
]);

function count(times: Times, size: number | undefined): number {
  const number = times === 'N' ? size : times;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
  throw new Error(`${JSON.stringify(times)} times, where N is ${size}`);
}

function textOf(written: unknown, size: number | undefined): string {
  const text = expand(written, size);
  if (typeof text === 'string') return text;
  throw new Error(`${JSON.stringify(written)} is no text`);
}

/** Octets; of a string, one for each code unit. */
function octetsOf(written: unknown, size: number | undefined): Uint8Array {
  const value = expand(written, size);
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string' && !/[^\x00-\xff]/.test(value)) {
    return new Uint8Array(Buffer.from(value, 'latin1'));
  }
  throw new Error(`${JSON.stringify(written)} are no octets`);
}

function cut(octets: Uint8Array, size: number): Uint8Array[] {
  if (!(Number.isInteger(size) && size > 0)) throw new Error(`chunks of ${size} octets`);
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < octets.length; start += size) {
    chunks.push(octets.subarray(start, start + size));
  }
  return chunks;
}

/** `autoLength` in a request: a Content-Length that is the length of its body. */
function withLength(record: Record<string, unknown>): Record<string, unknown> {
  if (record['autoLength'] !== true) return record;
  const { autoLength: _, ...request } = record;
  const headers = (request['headers'] ?? []) as readonly unknown[];
  const { length } = octetsOf(request['body'] ?? '', undefined);
  return { ...request, headers: [...headers, ['Content-Length', String(length)]] };
}
