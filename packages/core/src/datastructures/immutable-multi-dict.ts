import type { MultiDictInit } from './iter-multi-items.ts';
import { collect } from './multi-dict.ts';
import { PairSource, PairsByKey, pairSource } from './pair-source.ts';
import { ReadOnlyMultiDict } from './read-only-multi-dict.ts';

/** A `MultiDict` that nobody can change, as a request's query, form and cookies are. */
export class ImmutableMultiDict<V = string> extends ReadOnlyMultiDict<V> {
  readonly #source: PairSource<V>;
  #lists: Map<string, V[]> | undefined;
  /** Lists are frozen before any gets out, and not sooner: most are asked for their first value. */
  #frozen = false;

  /** @param init the pairs; lists in it are copied. */
  constructor(init?: MultiDictInit<V> | PairSource<V>) {
    super();
    if (init instanceof PairSource) this.#source = init;
    else this.#source = Array.isArray(init) ? fromPairs(init) : new PairsByKey(collect(init));
  }

  override first(key: string): V | undefined {
    return this.#source.first(key);
  }

  override has(key: string): boolean {
    return this.#source.first(key) !== undefined || this.#byKey().has(key);
  }

  override lists(): IterableIterator<[key: string, values: readonly V[]]> {
    const lists = this.#byKey();
    if (!this.#frozen) for (const values of lists.values()) Object.freeze(values);
    this.#frozen = true;
    return lists.entries();
  }

  override find(key: string): readonly V[] | undefined {
    const values = this.#byKey().get(key);
    return this.#frozen || values === undefined ? values : Object.freeze(values);
  }

  override get size(): number {
    return this.#byKey().size;
  }

  #byKey(): Map<string, V[]> {
    this.#lists ??= this.#source.lists();
    return this.#lists;
  }
}

function fromPairs<V>(pairs: readonly (readonly [key: string, value: V])[]): PairSource<V> {
  // Of the right length at once: an array that grows makes room for 17.
  const keys = new Array<string>(pairs.length);
  const values = new Array<V>(pairs.length);
  for (let index = 0; index < pairs.length; index++) {
    keys[index] = pairs[index]![0];
    values[index] = pairs[index]![1];
  }
  return pairSource(keys, values);
}
