import type { MultiDictView } from './multi-dict-view.ts';

/** What a `MultiDict` can be made of: pairs, a record whose lists are several values, another. */
export type MultiDictInit<V> =
  | MultiDictView<V>
  | Iterable<readonly [key: string, value: V]>
  | Readonly<Record<string, V | readonly V[]>>;

/**
 * Every pair of `init`, one by one. In a record a list stands for several values; in pairs it is
 * one value like any other.
 */
export function* iterMultiItems<V>(init: MultiDictInit<V>): IterableIterator<readonly [string, V]> {
  if (Symbol.iterator in init) {
    yield* init as Iterable<readonly [string, V]>;
    return;
  }
  for (const [key, values] of Object.entries<V | readonly V[]>(init)) {
    if (!Array.isArray(values)) yield [key, values as V];
    else for (const value of values) yield [key, value];
  }
}
