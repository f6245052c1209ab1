import type { MultiDictInit } from './iter-multi-items.ts';
import { collect } from './multi-dict.ts';
import { ReadOnlyMultiDict } from './read-only-multi-dict.ts';

/** A `MultiDict` that nobody can change, as a request's query, form and cookies are. */
export class ImmutableMultiDict<V = string> extends ReadOnlyMultiDict<V> {
  readonly #lists: ReadonlyMap<string, V[]>;
  /** Lists are frozen before any gets out, and not sooner: most are asked for their first value. */
  #frozen = false;

  /** @param init the pairs; lists in it are copied. */
  constructor(init?: MultiDictInit<V>) {
    super();
    this.#lists = collect(init);
  }

  override lists(): IterableIterator<[key: string, values: readonly V[]]> {
    if (!this.#frozen) for (const values of this.#lists.values()) Object.freeze(values);
    this.#frozen = true;
    return this.#lists.entries();
  }

  override find(key: string): readonly V[] | undefined {
    const values = this.#lists.get(key);
    return this.#frozen || values === undefined ? values : Object.freeze(values);
  }

  override get size(): number {
    return this.#lists.size;
  }
}
