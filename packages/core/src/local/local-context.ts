import { AsyncLocalStorage } from 'node:async_hooks';

/** What a context holds. */
interface Store<T> {
  value: T;
  /** Belongs to one `run()`: changes are made in it, and seen by everything within. */
  readonly scoped: boolean;
}

/**
 * A value for each context. Within `run()`, everything that the callback does and awaits shares one
 * value, and nothing of it gets out. Without, a change is seen by what runs after it in the same
 * function and by what that starts, as with a context variable. There, Node before 24 may also show
 * it to what awaits that function; requests should have a `run()`, as `LocalManager` gives them.
 */
export class LocalContext<T> {
  readonly #storage = new AsyncLocalStorage<Store<T>>();
  readonly #empty: T;

  /** @param empty the value where none was set; it is never changed. */
  constructor(empty: T) {
    this.#empty = empty;
  }

  get(): T {
    return this.#storage.getStore()?.value ?? this.#empty;
  }

  set(value: T): void {
    const store = this.#storage.getStore();
    if (store?.scoped) store.value = value;
    else this.#storage.enterWith({ value, scoped: false });
  }

  /** Forgets the value of this context. */
  release(): void {
    if (this.#storage.getStore() !== undefined) this.set(this.#empty);
  }

  /** Calls `callback` in a context of its own, which begins with the value of this one. */
  run<R>(callback: () => R): R {
    return this.#storage.run({ value: this.get(), scoped: true }, callback);
  }
}
