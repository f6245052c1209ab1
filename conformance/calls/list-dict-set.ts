import {
  dumpHeader,
  HeaderSet,
  parseDictHeader,
  parseListHeader,
  parseSetHeader,
  type QuoteOptions,
  quoteHeaderValue,
  unquoteHeaderValue,
} from '@werkstatt/core';
import type { Calls } from './call.ts';
import { type Operation, type Operations, runOperations } from './operations.ts';

const OPERATIONS: Operations<HeaderSet> = {
  has: (set, name: string) => set.has(name),
  length: (set) => set.size,
  truthy: (set) => set.size > 0,
  add: (set, name: string) => void set.add(name),
  remove: (set, name: string) => set.remove(name),
  discard: (set, name: string) => set.discard(name),
  update: (set, names: string[]) => set.update(names),
  clear: (set) => set.clear(),
  find: (set, name: string) => set.find(name),
  index: (set, name: string) => set.index(name),
  getItem: (set, index: number) => set.at(index),
  setItem: (set, index: number, name: string) => set.setAt(index, name),
  delItem: (set, index: number) => set.removeAt(index),
  asSet: (set, preserveCasing?: boolean) => [...set.asSet(preserveCasing)].sort(),
  toHeader: (set) => set.toHeader(),
};

/** The calls of `http-list-dict-set`. */
export const listDictSetCalls: Calls = {
  parseListHeader: (header: string | null) => parseListHeader(header),
  parseDictHeader: (header: string | null) => parseDictHeader(header),
  dumpHeader: (members: string[] | Record<string, string | null>) => dumpHeader(members),
  quoteHeaderValue: (value: string, options?: QuoteOptions) => quoteHeaderValue(value, options),
  unquoteHeaderValue: (value: string) => unquoteHeaderValue(value),
  parseSetHeader: (header: string | null) => parseSetHeader(header),
  headerSetToHeader: (names: string[]) => new HeaderSet(names).toHeader(),
  headerSetOps(names: string[], list: readonly Operation[]) {
    let updates = 0;
    const set = new HeaderSet(names, () => updates++);
    return { results: runOperations(set, OPERATIONS, list), final: [...set], updates };
  },
};
