/** Is called after every change, with what was changed. */
export type OnUpdate<T> = (changed: T) => void;

/** A `Map` that says when it has been changed. */
export class CallbackDict<K, V> extends Map<K, V> {
  readonly #onUpdate: OnUpdate<CallbackDict<K, V>> | undefined;

  /** @param onUpdate is called after every change. */
  constructor(init?: Iterable<readonly [K, V]> | null, onUpdate?: OnUpdate<CallbackDict<K, V>>) {
    super();
    if (init) for (const [key, value] of init) super.set(key, value);
    this.#onUpdate = onUpdate;
  }

  override set(key: K, value: V): this {
    super.set(key, value);
    this.#onUpdate?.(this);
    return this;
  }

  /** Removes a key; whether it was there. Only if it was, that is a change. */
  override delete(key: K): boolean {
    const wasThere = super.delete(key);
    if (wasThere) this.#onUpdate?.(this);
    return wasThere;
  }

  /** Removes every key; when there is none, nothing has changed. */
  override clear(): void {
    if (this.size === 0) return;
    super.clear();
    this.#onUpdate?.(this);
  }
}
