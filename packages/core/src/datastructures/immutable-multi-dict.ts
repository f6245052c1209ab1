import type { MultiDictInit } from './iter-multi-items.ts';
import { collect } from './multi-dict.ts';
import { ReadOnlyMultiDict } from './read-only-multi-dict.ts';

/** A `MultiDict` that nobody can change, as a request's query, form and cookies are. */
export class ImmutableMultiDict<V = string> extends ReadOnlyMultiDict<V> {
  readonly #lists: ReadonlyMap<string, readonly V[]>;

  /** @param init the pairs; lists in it are copied. */
  constructor(init?: MultiDictInit<V>) {
    super();
    const lists = collect(init);
    for (const values of lists.values()) Object.freeze(values);
    this.#lists = lists;
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
}
