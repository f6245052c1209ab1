import { BadRequestKeyError } from '../exceptions/bad-request.ts';
import { type Converter, convert, convertAll, type GetOptions } from './convert.ts';
import { showParts } from './inspect.ts';

/**
 * What can be read of a dictionary with several values per key. Keys keep the order in which each
 * was first seen. `MultiDict`, `ImmutableMultiDict` and `CombinedMultiDict` are its kinds.
 */
export abstract class MultiDictView<V> implements Iterable<readonly [key: string, value: V]> {
  static {
    showParts<MultiDictView<unknown>>(MultiDictView, (dict) => new Map(dict.lists()));
  }

  /** Every key with its values: the lists themselves, which are not to be changed. */
  abstract lists(): IterableIterator<[key: string, values: readonly V[]]>;

  /** The values of a key: the list itself, not to be changed; `undefined` when it has none. */
  abstract find(key: string): readonly V[] | undefined;

  /** The first value of a key; `undefined` when it has none. */
  first(key: string): V | undefined {
    return this.find(key)?.[0];
  }

  /** How many keys there are. */
  abstract get size(): number;

  /** The same as `size`. */
  get length(): number {
    return this.size;
  }

  /**
   * The first value of a key.
   *
   * @param defaultValue what to give when the key is missing, or `type` refuses its value.
   * @param options `type` converts the value: `get('page', 1, { type: Number })`.
   */
  get(key: string): V | undefined;
  get<D>(key: string, defaultValue: D): V | D;
  get<T, D = undefined>(key: string, defaultValue: D, options: GetOptions<V, T>): T | D;
  get(key: string, defaultValue?: unknown, options?: GetOptions<V, unknown>): unknown {
    const value = this.first(key);
    if (value === undefined) return defaultValue;
    return options ? (convert(value, options.type) ?? defaultValue) : value;
  }

  /**
   * The first value of a key that has to be there: `dict[key]` in Werkzeug.
   *
   * @throws BadRequestKeyError when the key is missing; left alone, the client gets a 400.
   */
  getItem(key: string): V {
    const value = this.first(key);
    if (value === undefined) throw new BadRequestKeyError(key);
    return value;
  }

  /** Every value of a key, as a new list; with `type`, those that it takes. */
  getlist(key: string): V[];
  getlist<T>(key: string, options: GetOptions<V, T>): T[];
  getlist(key: string, options?: { type: Converter<V, unknown> }): unknown[] {
    const values = this.find(key) ?? [];
    return options ? convertAll(values, options.type) : values.slice();
  }

  /** Every value of a key: `getlist()` under the name that `FormData` has for it. */
  getAll(key: string): V[] {
    return this.getlist(key);
  }

  /** Whether the key is there. */
  has(key: string): boolean {
    return this.find(key) !== undefined;
  }

  /** Every pair, as `items({ multi: true })`. */
  [Symbol.iterator](): IterableIterator<[key: string, value: V]> {
    return this.items({ multi: true });
  }

  /** Every pair, as `items({ multi: true })`, under the name that `FormData` has for it. */
  entries(): IterableIterator<[key: string, value: V]> {
    return this.items({ multi: true });
  }

  /**
   * Each key with its first value.
   *
   * @param options `multi` gives every value, in the order of the keys.
   */
  *items(options: { multi?: boolean | undefined } = {}): IterableIterator<[key: string, value: V]> {
    for (const [key, values] of this.lists()) {
      for (const value of options.multi ? values : values.slice(0, 1)) yield [key, value];
    }
  }

  /** Each key once. */
  *keys(): IterableIterator<string> {
    for (const [key] of this.lists()) yield key;
  }

  /** The first value of each key. */
  *values(): IterableIterator<V> {
    for (const [, value] of this.items()) yield value;
  }

  /** The list of values of each key. */
  *listvalues(): IterableIterator<V[]> {
    for (const [, values] of this.lists()) yield values.slice();
  }

  /** Calls `callback` for every pair. */
  forEach(callback: (value: V, key: string, dict: this) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  /**
   * The dictionary as an object without a prototype: a key may be any string, `__proto__` included.
   *
   * @param options `flat: false` gives the lists, otherwise it is the first values.
   */
  toDict(options?: { flat?: true | undefined }): Record<string, V>;
  toDict(options: { flat: false }): Record<string, V[]>;
  toDict(options: { flat?: boolean | undefined } = {}): Record<string, V | V[]> {
    const dict: Record<string, V | V[]> = Object.create(null);
    for (const [key, values] of this.lists()) {
      if (options.flat === false) dict[key] = values.slice();
      else if (values.length > 0) dict[key] = values[0]!;
    }
    return dict;
  }

  /** The first values as JSON writes them, so that `Response.json(args)` shows something. */
  toJSON(): Record<string, V> {
    return this.toDict();
  }
}
