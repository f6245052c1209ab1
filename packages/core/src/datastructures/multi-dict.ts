import { BadRequestKeyError } from '../exceptions/bad-request.ts';
import { iterMultiItems, type MultiDictInit } from './iter-multi-items.ts';
import { MultiDictView } from './multi-dict-view.ts';
import { append } from './pair-source.ts';

/**
 * A dictionary with several values per key, as forms and queries have them. What asks for one value
 * gets the first. Keys keep the order in which each was first seen.
 */
export class MultiDict<V = string> extends MultiDictView<V> {
  readonly #lists: Map<string, V[]>;

  /** @param init the first pairs; lists in it are copied. */
  constructor(init?: MultiDictInit<V>) {
    super();
    this.#lists = collect(init);
  }

  override lists(): IterableIterator<[key: string, values: readonly V[]]> {
    return this.#lists.entries();
  }

  override find(key: string): readonly V[] | undefined {
    return this.#lists.get(key);
  }

  override get size(): number {
    return this.#lists.size;
  }

  /** An independent copy; the values themselves are shared. */
  copy(): MultiDict<V> {
    return new MultiDict(this);
  }

  /** Adds a value to a key. */
  add(key: string, value: V): void {
    append(this.#lists, key, value);
  }

  /** The same as `add`, under the name that `FormData` has for it. */
  append(key: string, value: V): void {
    this.add(key, value);
  }

  /** Sets a key to one value. */
  set(key: string, value: V): void {
    this.#lists.set(key, [value]);
  }

  /** Sets a key to several values. */
  setlist(key: string, values: Iterable<V>): void {
    this.#lists.set(key, [...values]);
  }

  /** The first value of a key, which is set to `value` first if it is missing. */
  setdefault(key: string, value: V): V {
    if (!this.has(key)) this.set(key, value);
    return this.getItem(key);
  }

  /** The values of a key, which is set to `values` first if it is missing. */
  setlistdefault(key: string, values: Iterable<V>): V[] {
    if (!this.has(key)) this.setlist(key, values);
    return this.getlist(key);
  }

  /** Adds pairs; values that are there stay. */
  update(init: MultiDictInit<V>): void {
    const source = init === this ? this.copy() : init;
    for (const [key, value] of iterMultiItems(source)) this.add(key, value);
  }

  /** Removes a key with all its values; returns whether it was there. */
  delete(key: string): boolean {
    return this.#lists.delete(key);
  }

  /**
   * Removes a key with all its values and returns the first.
   *
   * @param defaultValue what to give when the key is missing.
   * @throws BadRequestKeyError when the key is missing and no default is given.
   */
  pop(key: string): V;
  pop<D>(key: string, defaultValue: D): V | D;
  pop(...args: [key: string, defaultValue?: unknown]): unknown {
    const [key, defaultValue] = args;
    const values = this.poplist(key);
    if (values.length > 0) return values[0];
    if (args.length > 1) return defaultValue;
    throw new BadRequestKeyError(key);
  }

  /** Removes a key and returns its values; none when it is missing. */
  poplist(key: string): V[] {
    const values = this.#lists.get(key) ?? [];
    this.#lists.delete(key);
    return values;
  }

  /**
   * Removes the last key and returns it with its first value.
   *
   * @throws BadRequestKeyError when there is none.
   */
  popitem(): [key: string, value: V] {
    const [key, values] = this.popitemlist();
    if (values.length === 0) throw new BadRequestKeyError(key);
    return [key, values[0]!];
  }

  /**
   * Removes the last key and returns it with its values.
   *
   * @throws BadRequestKeyError when there is none.
   */
  popitemlist(): [key: string, values: V[]] {
    const last = [...this.#lists].at(-1);
    if (!last) throw new BadRequestKeyError();
    this.#lists.delete(last[0]);
    return last;
  }

  /** Removes everything. */
  clear(): void {
    this.#lists.clear();
  }
}

/** The pairs of `init` by key. */
export function collect<V>(init: MultiDictInit<V> | undefined): Map<string, V[]> {
  const lists = new Map<string, V[]>();
  if (!init) return lists;
  if (!Array.isArray(init)) {
    for (const [key, value] of iterMultiItems(init)) append(lists, key, value);
    return lists;
  }
  // What parsers give: no iterator is made for a list of pairs.
  for (let index = 0; index < init.length; index++) {
    const pair: readonly [string, V] = init[index];
    append(lists, pair[0], pair[1]);
  }
  return lists;
}
