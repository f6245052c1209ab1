import { ImmutableError } from '../errors/immutable-error.ts';
import { MultiDict } from './multi-dict.ts';
import { MultiDictView } from './multi-dict-view.ts';

/**
 * A dictionary that nobody can change: every method of `MultiDict` that would change it is here and
 * throws an `ImmutableError`. `copy()` gives a `MultiDict` to change.
 */
export abstract class ReadOnlyMultiDict<V> extends MultiDictView<V> {
  /** A copy to change. */
  copy(): MultiDict<V> {
    return new MultiDict(this);
  }

  add(..._: unknown[]): never {
    return this.#refuse();
  }

  append(..._: unknown[]): never {
    return this.#refuse();
  }

  set(..._: unknown[]): never {
    return this.#refuse();
  }

  setlist(..._: unknown[]): never {
    return this.#refuse();
  }

  setdefault(..._: unknown[]): never {
    return this.#refuse();
  }

  setlistdefault(..._: unknown[]): never {
    return this.#refuse();
  }

  update(..._: unknown[]): never {
    return this.#refuse();
  }

  delete(..._: unknown[]): never {
    return this.#refuse();
  }

  pop(..._: unknown[]): never {
    return this.#refuse();
  }

  poplist(..._: unknown[]): never {
    return this.#refuse();
  }

  popitem(): never {
    return this.#refuse();
  }

  popitemlist(): never {
    return this.#refuse();
  }

  clear(): never {
    return this.#refuse();
  }

  #refuse(): never {
    throw new ImmutableError(this.constructor.name, 'Change a copy instead: dict.copy().');
  }
}
