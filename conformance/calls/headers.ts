import { EnvironHeaders, Headers, type HeadersInit } from '@werkstatt/core';
import type { Calls } from './call.ts';
import { type Operation, type Operations, runOperations, withConverter } from './operations.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

type AnyHeaders = Headers | EnvironHeaders;

const OPERATIONS: Operations<AnyHeaders> = {
  has: (headers, name: string) => headers.has(name),
  get: (headers, name: string, ...args: unknown[]) => {
    const { rest, options } = withConverter(args);
    return options ? headers.get(name, rest[0], options) : headers.get(name, rest[0]);
  },
  getItem: (headers, key: string | number) =>
    typeof key === 'number' ? (headers as Headers).at(key) : headers.getItem(key),
  getlist: (headers, name: string, ...args: unknown[]) => {
    const { options } = withConverter(args);
    return options ? headers.getlist(name, options) : headers.getlist(name);
  },
  length: (headers) => headers.length,
  items: (headers) => headers.items(),
  keys: (headers) => headers.keys(),
  values: (headers) => headers.values(),
  itemsLower: (headers) => headers.items({ lower: true }),
  keysLower: (headers) => headers.keys({ lower: true }),
  slice: (headers, start: number, end: number) => (headers as Headers).slice(start, end),
  toString: (headers: AnyHeaders) => headers.toString(),
  equals: (headers, other: HeadersInit) => headers.equals(new Headers(other)),
  copyIndependent: (headers, name: string, value: string) => {
    const copy = (headers as Headers).copy();
    copy.add(name, value);
    return copy;
  },
  add: (headers, name: string, value: string) => headers.add(name, value),
  addOptions: (headers, name: string, value: string, params: Record<string, string>) =>
    headers.add(name, value, params),
  set: (headers, name: string, value: string) => headers.set(name, value),
  setItem: (headers, name: string, value: string) => headers.set(name, value),
  setOptions: (headers, name: string, value: string, params: Record<string, string>) =>
    headers.set(name, value, params),
  setlist: (headers, name: string, values: string[]) => headers.setlist(name, values),
  setdefault: (headers, name: string, value: string) => headers.setdefault(name, value),
  setlistdefault: (headers, name: string, values: string[]) => headers.setlistdefault(name, values),
  remove: (headers, name: string) => headers.remove(name),
  delItem: (headers, name: string) => headers.delete(name),
  pop: (headers, ...args: [name: string]) => headers.pop(...args),
  popitem: (headers) => headers.popitem(),
  clear: (headers) => headers.clear(),
  extend: (headers, fields: HeadersInit) => headers.extend(fields),
  update: (headers, fields: HeadersInit) => headers.update(fields),
};

/** The calls of `datastructures-headers`. */
export const headersCalls: Calls = {
  headersOps(init: HeadersInit | null, list: readonly Operation[]) {
    const headers = new Headers(init ?? undefined);
    return { results: runOperations(headers, OPERATIONS, list), final: headers };
  },
  environHeadersOps(request: RequestSpec, list: readonly Operation[]) {
    const headers = new EnvironHeaders(environOf(request));
    const results = runOperations(headers, OPERATIONS, list);
    return { results, final: [...headers].sort(([one], [other]) => (one < other ? -1 : 1)) };
  },
};
