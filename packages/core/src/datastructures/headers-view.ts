import { BadRequestKeyError } from '../exceptions/bad-request.ts';
import type { HeaderField, HeaderList } from '../protocol.ts';
import { type Converter, convert, convertAll, type GetOptions } from './convert.ts';
import { showParts } from './inspect.ts';

/** Fields whose values stay out of logs: whoever has them can pose as someone else. */
const SECRET: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
]);

/**
 * What can be read of header fields, wherever they are kept: names are compared without regard to
 * case, and come out in the case they are kept in. `Headers` and `EnvironHeaders` are its kinds.
 */
export abstract class HeadersView implements Iterable<HeaderField> {
  static {
    showParts(HeadersView, (headers) => Array.from(headers.entries(), showField));
  }

  /** Every field, in order. */
  abstract entries(): IterableIterator<HeaderField>;

  /** The first value of `name`, as it is kept. */
  abstract find(name: string): string | undefined;

  /**
   * The first value of a field.
   *
   * @param defaultValue what to give when the field is missing, or `type` refuses its value.
   * @param options `type` converts the value: `get('age', 0, { type: Number })`.
   */
  get(name: string): string | undefined;
  get<D>(name: string, defaultValue: D): string | D;
  get<T, D = undefined>(name: string, defaultValue: D, options: GetOptions<string, T>): T | D;
  get(name: string, defaultValue?: unknown, options?: GetOptions<string, unknown>): unknown {
    const value = this.find(name);
    if (value === undefined) return defaultValue;
    return options ? (convert(value, options.type) ?? defaultValue) : value;
  }

  /**
   * The first value of a field that has to be there.
   *
   * @throws BadRequestKeyError when it is not; left alone, the client gets a 400.
   */
  getItem(name: string): string {
    const value = this.find(name);
    if (value === undefined) throw new BadRequestKeyError(name);
    return value;
  }

  /** Every value of a field, in order; with `type`, those that it takes. */
  getlist(name: string): string[];
  getlist<T>(name: string, options: GetOptions<string, T>): T[];
  getlist(name: string, options?: { type: Converter<string, unknown> }): unknown[] {
    const lower = name.toLowerCase();
    const values: string[] = [];
    for (const [key, value] of this.entries()) {
      if (key.toLowerCase() === lower) values.push(value);
    }
    return options ? convertAll(values, options.type) : values;
  }

  /** Every value of a field, in order: `getlist()` under the name that forms have for it. */
  getAll(name: string): string[] {
    return this.getlist(name);
  }

  /** The values of `Set-Cookie`, which cannot be joined (as the method of `fetch`'s headers). */
  getSetCookie(): string[] {
    return this.getlist('Set-Cookie');
  }

  /** Whether there is a field of that name. */
  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** How many fields there are; one that is repeated counts every time. */
  get size(): number {
    return this.toGatewayList().length;
  }

  /** The same as `size`. */
  get length(): number {
    return this.size;
  }

  [Symbol.iterator](): IterableIterator<HeaderField> {
    return this.entries();
  }

  /**
   * Every field as a pair, in order.
   *
   * @param options `lower` gives the names in lower case.
   */
  items(options: { lower?: boolean | undefined } = {}): IterableIterator<HeaderField> {
    return options.lower ? this.toGatewayList().map(lowerName).values() : this.entries();
  }

  /**
   * The name of every field, in order; a repeated name comes every time.
   *
   * @param options `lower` gives the names in lower case.
   */
  keys(options: { lower?: boolean | undefined } = {}): IterableIterator<string> {
    const names = Array.from(this.entries(), ([name]) => name);
    return (options.lower ? names.map((name) => name.toLowerCase()) : names).values();
  }

  /** The value of every field, in order. */
  values(): IterableIterator<string> {
    return Array.from(this.entries(), ([, value]) => value).values();
  }

  /** Calls `callback` for every field, in order. */
  forEach(callback: (value: string, name: string, headers: this) => void): void {
    for (const [name, value] of this.entries()) callback(value, name, this);
  }

  /** The fields as `startResponse` takes them; the list is a copy. */
  toGatewayList(): HeaderList {
    return [...this.entries()];
  }

  /** The fields as the platform's `Headers`. */
  toFetch(): globalThis.Headers {
    const headers = new globalThis.Headers();
    for (const [name, value] of this.entries()) headers.append(name, value);
    return headers;
  }

  /** Whether `other` has the same fields; their order and the case of names do not matter. */
  equals(other: Iterable<HeaderField>): boolean {
    const mine = comparable(this);
    const theirs = comparable(other);
    return mine.length === theirs.length && mine.every((field, index) => field === theirs[index]);
  }

  /** The fields as they stand in a message, the empty line after them included. */
  toString(): string {
    let text = '';
    for (const [name, value] of this.entries()) text += `${name}: ${value}\r\n`;
    return `${text}\r\n`;
  }
}

function showField([name, value]: HeaderField): string {
  return `${name}: ${SECRET.has(name.toLowerCase()) ? '(hidden)' : value}`;
}

function lowerName([name, value]: HeaderField): HeaderField {
  return [name.toLowerCase(), value];
}

function comparable(fields: Iterable<HeaderField>): string[] {
  return Array.from(fields, ([name, value]) => `${name.toLowerCase()}:${value}`).sort();
}
