import { Authorization, ETags, HeaderSet, IfRange, Range, UserAgent } from '@werkstatt/core';
import { type JsonOptions, Request } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { thrownName, toRecord } from './encode.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

type Step = readonly [method: string, ...args: unknown[]];

/** Calls of `Request`. */
export const requestCalls: Calls = {
  async requestProps(
    spec: RequestSpec,
    properties: readonly string[],
    attributes: Readonly<Record<string, unknown>> = {},
  ) {
    const request = Object.assign(new Request(environOf(spec)), attributes);
    const values: [string, unknown][] = [];
    for (const property of properties) {
      values.push([property, await resultOf(async () => parts(await read(request, property)))]);
    }
    return toRecord(values);
  },
  requestGetJson: (spec: RequestSpec, options?: JsonOptions) =>
    new Request(environOf(spec)).json(options),
  async requestGetData(spec: RequestSpec, steps: readonly Step[]) {
    const request = new Request(environOf(spec));
    const results: unknown[] = [];
    for (const [method, ...args] of steps) {
      results.push(await resultOf(async () => text(parts(await read(request, method, ...args)))));
    }
    return results;
  },
};

/** What a property is, or what its method gives; the cases have the query as octets. */
function read(request: Request, property: string, ...args: unknown[]): unknown {
  if (property === 'queryString') return Buffer.from(request.queryString, 'latin1');
  const value: unknown = Reflect.get(request, property);
  return typeof value === 'function' ? Reflect.apply(value, request, args) : value;
}

async function resultOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return { throws: thrownName(error) };
  }
}

/** A structured header as the cases write it. */
function parts(value: unknown): unknown {
  if (value instanceof ETags) {
    return {
      strong: [...value.strong].sort(),
      weak: [...value.weak].sort(),
      star: value.starTag,
    };
  }
  if (value instanceof IfRange) return { etag: value.etag, date: value.date };
  if (value instanceof Range) return { units: value.units, ranges: value.ranges };
  if (value instanceof Authorization) {
    const { type, parameters, token } = value;
    return { type, parameters: toRecord(parameters), token };
  }
  if (value instanceof HeaderSet) return [...value];
  return value instanceof UserAgent ? value.string : value;
}

function text(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}
