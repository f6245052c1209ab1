import { ImmutableError } from '../errors/immutable-error.ts';
import type { MultiDictInit } from './iter-multi-items.ts';
import { collect, MultiDict } from './multi-dict.ts';
import { MultiDictView } from './multi-dict-view.ts';

/**
 * A `MultiDict` that nobody can change, as a request's query, form and cookies are. Every method
 * that would change it throws an `ImmutableError`; `copy()` gives a `MultiDict` to change.
 */
export class ImmutableMultiDict<V = string> extends MultiDictView<V> {
  readonly #lists: ReadonlyMap<string, readonly V[]>;

  /** @param init the pairs; lists in it are copied. */
  constructor(init?: MultiDictInit<V>) {
    super();
    this.#lists = collect(init);
  }

  override *lists(): IterableIterator<[key: string, values: readonly V[]]> {
    for (const [key, values] of this.#lists) yield [key, values.slice()];
  }

  override find(key: string): readonly V[] | undefined {
    return this.#lists.get(key);
  }

  override get size(): number {
    return this.#lists.size;
  }

  /** A copy to change. */
  copy(): MultiDict<V> {
    return new MultiDict(this);
  }

  add(..._: unknown[]): never {
    return refuse();
  }

  append(..._: unknown[]): never {
    return refuse();
  }

  set(..._: unknown[]): never {
    return refuse();
  }

  setlist(..._: unknown[]): never {
    return refuse();
  }

  setdefault(..._: unknown[]): never {
    return refuse();
  }

  setlistdefault(..._: unknown[]): never {
    return refuse();
  }

  update(..._: unknown[]): never {
    return refuse();
  }

  delete(..._: unknown[]): never {
    return refuse();
  }

  pop(..._: unknown[]): never {
    return refuse();
  }

  poplist(..._: unknown[]): never {
    return refuse();
  }

  popitem(): never {
    return refuse();
  }

  popitemlist(): never {
    return refuse();
  }

  clear(): never {
    return refuse();
  }
}

function refuse(): never {
  throw new ImmutableError('ImmutableMultiDict', 'Change a copy instead: dict.copy().');
}
