import { convert, type GetOptions } from './convert.ts';
import type { MultiDictView } from './multi-dict-view.ts';
import { ReadOnlyMultiDict } from './read-only-multi-dict.ts';

/**
 * Several dictionaries as one: what asks for one value gets it from the first that has the key, and
 * what asks for all gets those of every dictionary. It is a view, which follows the dictionaries;
 * itself it cannot be changed. `copy()` gives a `MultiDict` to change.
 */
export class CombinedMultiDict<V = string> extends ReadOnlyMultiDict<V> {
  readonly #dicts: readonly MultiDictView<V>[];

  constructor(dicts: Iterable<MultiDictView<V>> = []) {
    super();
    this.#dicts = [...dicts];
  }

  override get(key: string): V | undefined;
  override get<D>(key: string, defaultValue: D): V | D;
  override get<T, D = undefined>(key: string, defaultValue: D, options: GetOptions<V, T>): T | D;
  override get(key: string, defaultValue?: unknown, options?: GetOptions<V, unknown>): unknown {
    for (const dict of this.#dicts) {
      const first = dict.first(key);
      if (first === undefined) continue;
      const value = options ? convert(first, options.type) : first;
      if (value !== undefined) return value;
    }
    return defaultValue;
  }

  override *lists(): IterableIterator<[key: string, values: readonly V[]]> {
    const combined = new Map<string, V[]>();
    for (const dict of this.#dicts) {
      for (const [key, values] of dict.lists()) {
        combined.set(key, [...(combined.get(key) ?? []), ...values]);
      }
    }
    yield* combined;
  }

  /** Each key with the first value; `multi` gives every pair, one dictionary after the other. */
  override *items(
    options: { multi?: boolean | undefined } = {},
  ): IterableIterator<[key: string, value: V]> {
    if (!options.multi) yield* super.items();
    else for (const dict of this.#dicts) yield* dict.items(options);
  }

  override find(key: string): readonly V[] | undefined {
    const found = this.#dicts
      .map((dict) => dict.find(key))
      .filter((values) => values !== undefined);
    return found.length === 0 ? undefined : (found.flat() as V[]);
  }

  override get size(): number {
    return new Set(this.#dicts.flatMap((dict) => [...dict.keys()])).size;
  }
}
