/** Where a dictionary that nobody can change has its pairs, as far as it was asked for them. */
export abstract class PairSource<V> {
  /** The first value of a key; `undefined` when it has none. */
  abstract first(key: string): V | undefined;

  /** The values of every key, in lists that are made for the caller to keep. */
  abstract lists(): Map<string, V[]>;
}

/** Up to as many pairs it is cheaper to compare keys than to have a `Map` made of them. */
const FEW = 8;

/** A source that has keys and values side by side, and is handed the arrays to keep. */
export function pairSource<V>(keys: readonly string[], values: readonly V[]): PairSource<V> {
  return keys.length <= FEW ? new FewPairs(keys, values) : new PairsByKey(listsOf(keys, values));
}

/** Any number of pairs, by key. */
export class PairsByKey<V> extends PairSource<V> {
  readonly #lists: Map<string, V[]>;

  constructor(lists: Map<string, V[]>) {
    super();
    this.#lists = lists;
  }

  override first(key: string): V | undefined {
    return this.#lists.get(key)?.[0];
  }

  override lists(): Map<string, V[]> {
    return this.#lists;
  }
}

class FewPairs<V> extends PairSource<V> {
  readonly #keys: readonly string[];
  readonly #values: readonly V[];

  constructor(keys: readonly string[], values: readonly V[]) {
    super();
    this.#keys = keys;
    this.#values = values;
  }

  override first(key: string): V | undefined {
    const keys = this.#keys;
    for (let index = 0; index < keys.length; index++) {
      if (keys[index] === key) return this.#values[index];
    }
    return undefined;
  }

  override lists(): Map<string, V[]> {
    return listsOf(this.#keys, this.#values);
  }
}

function listsOf<V>(keys: readonly string[], values: readonly V[]): Map<string, V[]> {
  const lists = new Map<string, V[]>();
  for (let index = 0; index < keys.length; index++) append(lists, keys[index]!, values[index]!);
  return lists;
}

/** Adds a value to the list of its key. */
export function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const values = lists.get(key);
  if (values) values.push(value);
  else lists.set(key, [value]);
}
