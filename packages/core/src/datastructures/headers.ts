import { BadRequestKeyError } from '../exceptions/bad-request.ts';
import { dumpOptionsHeader, type HeaderOptions } from '../http/dump-options-header.ts';
import { checkHeaderName, checkHeaderValue, type HeaderValue } from '../http/header-field.ts';
import type { HeaderField, HeaderList } from '../protocol.ts';
import { HeadersView } from './headers-view.ts';

/** Header fields as pairs: a list, another `Headers`, a platform's `Headers`, a `Map`. */
export type HeaderPairs = Iterable<readonly [name: string, value: HeaderValue]>;

/** Header fields as a record; a list of values repeats the field. */
export type HeaderRecord = Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>;

/** What `Headers` can be made of. */
export type HeadersInit = HeaderPairs | HeaderRecord;

/**
 * Header fields in order (RFC 9110 section 5). Names are compared without regard to case and kept
 * as given; a name can stand several times. Every name and value is checked on its way in, and a
 * field that cannot be sent is an `InvalidHeaderError` there and then.
 *
 * The methods have Werkzeug's names, and `fetch`'s where those differ.
 */
export class Headers extends HeadersView {
  /** Pairs are replaced and never written to: lists handed out share them. */
  readonly #list: HeaderField[];

  /**
   * @param init the first fields.
   * @throws InvalidHeaderError when one of them cannot be sent.
   */
  constructor(init?: HeadersInit) {
    super();
    if (init && #list in init) {
      this.#list = init.#list.slice();
      return;
    }
    this.#list = [];
    if (init) this.extend(init);
  }

  /** Fields of the platform's `Headers`; its names are in lower case. */
  static fromFetch(headers: globalThis.Headers): Headers {
    return new Headers(headers);
  }

  override entries(): IterableIterator<HeaderField> {
    return this.#list.values();
  }

  override find(name: string): string | undefined {
    const index = this.#indexOf(name);
    return index < 0 ? undefined : this.#list[index]![1];
  }

  override get size(): number {
    return this.#list.length;
  }

  /** The field at a position; a negative one counts from the end. */
  at(index: number): HeaderField | undefined {
    return this.#list.at(index);
  }

  /** The fields from position `start` up to but without `end`. */
  slice(start?: number, end?: number): Headers {
    const part = new Headers();
    for (const field of this.#list.slice(start, end)) part.#list.push(field);
    return part;
  }

  override toGatewayList(): HeaderList {
    return this.#list.slice();
  }

  /** An independent copy. */
  copy(): Headers {
    return new Headers(this);
  }

  /**
   * Adds a field; others of the same name stay.
   *
   * @param params parameters of the value: `add('Content-Disposition', 'attachment', { filename })`
   *   quotes what has to be quoted. An underscore in a name becomes a dash.
   * @throws InvalidHeaderError when the field cannot be sent.
   */
  add(name: string, value: HeaderValue, params?: HeaderOptions): void {
    this.#list.push(makeField(name, value, params));
  }

  /** The same as `add`, under the name `fetch` has for it. */
  append(name: string, value: HeaderValue, params?: HeaderOptions): void {
    this.add(name, value, params);
  }

  /**
   * Sets a field: the first of that name is replaced, name and all, and the others go.
   *
   * @param params parameters of the value, as in `add`.
   * @throws InvalidHeaderError when the field cannot be sent; then nothing changes.
   */
  set(name: string, value: HeaderValue, params?: HeaderOptions): void {
    const field = makeField(name, value, params);
    const index = this.#indexOf(name);
    if (index < 0) {
      this.#list.push(field);
      return;
    }
    this.#list[index] = field;
    this.#removeFrom(index + 1, name);
  }

  /** Sets a field to several values; with none, it is removed. */
  setlist(name: string, values: Iterable<HeaderValue>): void {
    const fields = Array.from(values, (value) => makeField(name, value));
    const [first, ...rest] = fields;
    if (!first) {
      this.remove(name);
      return;
    }
    this.set(...first);
    for (const field of rest) this.#list.push(field);
  }

  /** The value of a field, which is set to `value` first if it is missing. */
  setdefault(name: string, value: HeaderValue): string {
    if (!this.has(name)) this.set(name, value);
    return this.getItem(name);
  }

  /** The values of a field, which is set to `values` first if it is missing. */
  setlistdefault(name: string, values: Iterable<HeaderValue>): string[] {
    if (!this.has(name)) this.setlist(name, values);
    return this.getlist(name);
  }

  /** Removes every field of that name, if there is one. */
  remove(name: string): void {
    this.#removeFrom(0, name);
  }

  /** The same as `remove`, under the name `fetch` has for it. */
  delete(name: string): void {
    this.remove(name);
  }

  /**
   * Removes every field of a name and returns the first value; without a name, removes the last
   * field and returns it.
   *
   * @param defaultValue what to give when the field is missing.
   * @throws BadRequestKeyError when the field is missing and no default is given.
   */
  pop(): HeaderField;
  pop(name: string): string;
  pop<D>(name: string, defaultValue: D): string | D;
  pop(...args: [name?: string, defaultValue?: unknown]): unknown {
    const [name, defaultValue] = args;
    if (name === undefined) return this.popitem();
    const value = this.find(name);
    if (value === undefined) {
      if (args.length > 1) return defaultValue;
      throw new BadRequestKeyError(name);
    }
    this.remove(name);
    return value;
  }

  /**
   * Removes the last field and returns it.
   *
   * @throws BadRequestKeyError when there is none.
   */
  popitem(): HeaderField {
    const field = this.#list.pop();
    if (!field) throw new BadRequestKeyError();
    return field;
  }

  /** Removes every field. */
  clear(): void {
    this.#list.length = 0;
  }

  /** Adds fields; those that are there stay. */
  extend(fields: HeadersInit): void {
    if (#list in fields) {
      for (const field of fields.#list.slice()) this.#list.push(field);
    } else if (isIterable(fields)) {
      for (const [name, value] of fields) this.add(name, value);
    } else {
      for (const [name, values] of Object.entries(fields)) {
        for (const value of listOf(values)) this.add(name, value);
      }
    }
  }

  /**
   * Sets fields: each name that occurs in `fields` has afterwards what it has there. Of pairs in a
   * plain list the last of a name wins; a `Headers` or a record can give several values.
   */
  update(fields: HeadersInit): void {
    if (fields instanceof globalThis.Headers) fields = Headers.fromFetch(fields);
    if (fields instanceof HeadersView) {
      const names = new Map(Array.from(fields.keys(), (name) => [name.toLowerCase(), name]));
      for (const name of names.values()) this.setlist(name, fields.getlist(name));
    } else if (isIterable(fields)) {
      for (const [name, value] of fields) this.set(name, value);
    } else {
      for (const [name, values] of Object.entries(fields)) this.setlist(name, listOf(values));
    }
  }

  #indexOf(name: string): number {
    const list = this.#list;
    const lower = name.toLowerCase();
    for (let index = 0; index < list.length; index++) {
      const other = list[index]![0];
      if (other === name || (other.length === name.length && other.toLowerCase() === lower)) {
        return index;
      }
    }
    return -1;
  }

  /** Removes the fields of that name from position `start` on, in one pass. */
  #removeFrom(start: number, name: string): void {
    const list = this.#list;
    const lower = name.toLowerCase();
    let kept = start;
    for (let index = start; index < list.length; index++) {
      const field = list[index]!;
      if (field[0].toLowerCase() !== lower) list[kept++] = field;
    }
    list.length = kept;
  }
}

/** The one place where header fields come into being. */
function makeField(name: string, value: HeaderValue, params?: HeaderOptions): HeaderField {
  checkHeaderName(name);
  if (!params) return [name, checkHeaderValue(name, value)];
  const dashed = Object.entries(params).map(([key, text]) => [key.replaceAll('_', '-'), text]);
  return [
    name,
    checkHeaderValue(name, dumpOptionsHeader(String(value), Object.fromEntries(dashed))),
  ];
}

function isIterable(init: HeadersInit): init is HeaderPairs {
  return Symbol.iterator in init;
}

function listOf(values: HeaderValue | readonly HeaderValue[]): readonly HeaderValue[] {
  return typeof values === 'object' ? values : [values];
}
