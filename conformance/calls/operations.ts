import type { GetOptions } from '@werkstatt/core';
import { encode, thrownName } from './encode.ts';

/** An operation on a collection: a method and its arguments. */
export type Operation = readonly [method: string, ...args: unknown[]];

/** How each operation is called on a collection. */
export type Operations<C> = Readonly<Record<string, (target: C, ...args: never[]) => unknown>>;

const CONVERTERS: Readonly<Record<string, (text: string) => unknown>> = {
  int: (text) => requireMatch(text, /^[+-]?\d+$/, Number),
  float: (text) => requireMatch(text, /^[+-]?\d+(\.\d+)?$/, Number),
  str: String,
};

/** The results of operations run one after the other; one that throws gives the error's name. */
export function runOperations<C>(
  target: C,
  operations: Operations<C>,
  list: readonly Operation[],
): unknown[] {
  return list.map(([method, ...args]) => {
    const operation = operations[method];
    if (!operation) throw new Error(`No operation ${method} for the vectors`);
    try {
      return encode(operation(target, ...(args as never[])));
    } catch (error) {
      return { throws: thrownName(error) };
    }
  });
}

/** `get` and `getlist` with a converter, which the vectors write as the last argument. */
export function withConverter(args: readonly unknown[]): {
  rest: readonly unknown[];
  options: GetOptions<string, unknown> | undefined;
} {
  const last = args.at(-1);
  if (typeof last !== 'object' || last === null || !('type' in last)) {
    return { rest: args, options: undefined };
  }
  return { rest: args.slice(0, -1), options: { type: CONVERTERS[String(last.type)]! } };
}

function requireMatch<T>(text: string, pattern: RegExp, make: (text: string) => T): T {
  if (!pattern.test(text)) throw new RangeError(`${text} does not convert`);
  return make(text);
}
