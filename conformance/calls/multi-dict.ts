import {
  CombinedMultiDict,
  ImmutableMultiDict,
  iterMultiItems,
  MultiDict,
  type MultiDictInit,
} from '@werkstatt/core';
import type { Calls } from './call.ts';
import { type Operation, type Operations, runOperations, withConverter } from './operations.ts';

type AnyDict = MultiDict<string> | ImmutableMultiDict<string> | CombinedMultiDict<string>;
type Init = MultiDictInit<string>;

const OPERATIONS: Operations<AnyDict> = {
  has: (dict, key: string) => dict.has(key),
  get: (dict, key: string, ...args: unknown[]) => {
    const { rest, options } = withConverter(args);
    return options ? dict.get(key, rest[0], options) : dict.get(key, rest[0]);
  },
  getItem: (dict, key: string) => dict.getItem(key),
  getlist: (dict, key: string, ...args: unknown[]) => {
    const { options } = withConverter(args);
    return options ? dict.getlist(key, options) : dict.getlist(key);
  },
  length: (dict) => dict.length,
  items: (dict) => dict.items(),
  itemsMulti: (dict) => dict.items({ multi: true }),
  lists: (dict) => dict.lists(),
  listvalues: (dict) => dict.listvalues(),
  keys: (dict) => dict.keys(),
  values: (dict) => dict.values(),
  toDict: (dict, options?: { flat: false }) => (options ? dict.toDict(options) : dict.toDict()),
  copyIndependent: (dict, key: string, value: string) => {
    const copy = dict.copy();
    copy.add(key, value);
    return copy;
  },
  add: (dict, key: string, value: string) => dict.add(key, value),
  setItem: (dict, key: string, value: string) => dict.set(key, value),
  setlist: (dict, key: string, values: string[]) => dict.setlist(key, values),
  setdefault: (dict, key: string, value: string) => dict.setdefault(key, value),
  setlistdefault: (dict, key: string, values: string[]) => dict.setlistdefault(key, values),
  update: (dict, init: Init) => dict.update(init),
  pop: (dict, ...args: [key: string]) => dict.pop(...args),
  // Deleting by index wants the key to be there; here it is pop() that does.
  delItem: (dict, key: string) => void dict.pop(key),
  poplist: (dict, key: string) => dict.poplist(key),
  popitem: (dict) => dict.popitem(),
  popitemlist: (dict) => dict.popitemlist(),
  clear: (dict) => dict.clear(),
};

/** The calls of `datastructures-multidict`. */
export const multiDictCalls: Calls = {
  multiDictOps(kind: 'MultiDict' | 'ImmutableMultiDict', init: Init, list: readonly Operation[]) {
    const dict = kind === 'MultiDict' ? new MultiDict(init) : new ImmutableMultiDict(init);
    return { results: runOperations(dict, OPERATIONS, list), final: dict.lists() };
  },
  combinedMultiDictOps(inits: readonly Init[], list: readonly Operation[]) {
    const dict = new CombinedMultiDict(inits.map((init) => new MultiDict(init)));
    const results = runOperations(dict, OPERATIONS, list);
    return results.map((result, index) =>
      list[index]![0] === 'keys' ? (result as string[]).toSorted() : result,
    );
  },
  iterMultiItems: (init: Init) => iterMultiItems(init),
};
