import { ContentRange, ContentSecurityPolicy, WWWAuthenticate } from '@werkstatt/core';
import { Response } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { encode, type Octets, thrownName, toOctets, toRecord } from './encode.ts';
import type { RequestSpec } from './request-spec.ts';
import { makeResponse, type ResponseSpec, send, sortedFields } from './response-spec.ts';

type Operation = readonly [kind: string, ...args: unknown[]];

type Challenge = readonly [
  type: string,
  parameters: Readonly<Record<string, string | null>> | null,
  token: string | null,
];

/** Calls of `Response`. */
export const responseCalls: Calls = {
  responseSend: (spec: ResponseSpec, request: RequestSpec = {}) =>
    send(makeResponse(spec), request),
  cleanStatus(status: number | string) {
    const response = new Response(null, { status });
    return [response.status, response.statusCode];
  },
  async responseOps(spec: ResponseSpec, operations: readonly Operation[]) {
    const response = makeResponse(spec);
    const results: unknown[] = [];
    for (const [kind, ...args] of operations) {
      try {
        results.push(encode(readable(await operate(response, kind, args))));
      } catch (error) {
        results.push({ throws: thrownName(error) });
      }
    }
    return { results, statusCode: response.statusCode, headers: sortedFields(response.headers) };
  },
};

function operate(response: Response, kind: string, args: readonly unknown[]): unknown {
  switch (kind) {
    case 'set': {
      const [target, name] = resolve(response, args[0]);
      return void Reflect.set(target, name, typed(args[1]));
    }
    case 'get': {
      const [target, name] = resolve(response, args[0]);
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? Reflect.apply(value, target, []) : value;
    }
    case 'call':
      return call(...resolve(response, args[0]), args.slice(1));
    case 'paramSet':
      return void response.mimetypeParams.set(String(args[0]), String(args[1]));
    case 'getItem':
      return response.headers.get(String(args[0]));
    case 'wwwAuthenticate': {
      const challenges = args[0] as readonly Challenge[];
      response.wwwAuthenticate = challenges.map((parts) => new WWWAuthenticate(...parts));
      return;
    }
    default:
      throw new Error(`No operation ${kind} for the vectors`);
  }
}

/** The object that the last name of a path is a property of, and that name. */
function resolve(response: Response, path: unknown): [target: object, name: string] {
  const names = String(path).split('.');
  const name = names.pop()!;
  const target = names.reduce<object>((object, key) => Reflect.get(object, key), response);
  return [target, name];
}

function call(target: object, name: string, args: readonly unknown[]): unknown {
  const result = Reflect.apply(Reflect.get(target, name), target, args.map(typed));
  if (name === 'getEtag') return result ?? [null, null];
  return result === target ? undefined : result;
}

/** A value that JSON has no form for. */
function typed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('date' in value) return new Date(String(value.date));
  if ('enum' in value) return (value.enum as readonly string[])[1];
  return 'base64' in value ? toOctets(value as Octets) : value;
}

/** A result as the cases have it: some headers as their text, octets as text. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value instanceof ContentSecurityPolicy) return value.toHeader();
  if (value instanceof ContentRange || value instanceof WWWAuthenticate) return value.toHeader();
  return value instanceof Map && !('toHeader' in value) ? toRecord(value) : value;
}
