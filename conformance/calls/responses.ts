import { ContentRange, ContentSecurityPolicy, WWWAuthenticate } from '@werkstatt/core';
import { Response } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { encode, type Octets, thrownName, toOctets, toRecord } from './encode.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

/** What a case tells of a response. */
interface ResponseSpec {
  readonly body?: Octets | readonly Octets[];
  /** Whether the list can be read once only. */
  readonly stream?: boolean;
  readonly status?: number | string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly mimetype?: string;
  readonly contentType?: string;
  /** Properties that are set afterwards. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

type Operation = readonly [kind: string, ...args: unknown[]];

type Challenge = readonly [
  type: string,
  parameters: Readonly<Record<string, string | null>> | null,
  token: string | null,
];

/** The path of a URL that no field can hold is set by a property, which encodes it. */
const URL_PROPERTIES = new Map([
  ['location', 'location'],
  ['content-location', 'contentLocation'],
]);

/** Calls of `Response`. */
export const responseCalls: Calls = {
  async responseSend(spec: ResponseSpec, request: RequestSpec = {}) {
    let sent: [status: string, headers: readonly (readonly [string, string])[]] = ['', []];
    const body = await makeResponse(spec)(environOf(request), (status, headers) => {
      sent = [status, headers];
      return () => {};
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    await body.close?.();
    const [status, headers] = sent;
    return {
      statusCode: Number(status.split(' ', 1)[0]),
      headers: sorted(headers),
      body: Buffer.concat(chunks),
    };
  },
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
    return { results, statusCode: response.statusCode, headers: sorted(response.headers) };
  },
};

function makeResponse(spec: ResponseSpec): Response {
  const { status, mimetype, contentType } = spec;
  const fields = spec.headers ?? [];
  const response = new Response(bodyOf(spec), {
    status,
    mimetype,
    contentType,
    headers: fields.filter(([name]) => !URL_PROPERTIES.has(name.toLowerCase())),
  });
  for (const [name, value] of fields) {
    const property = URL_PROPERTIES.get(name.toLowerCase());
    if (property) Reflect.set(response, property, value);
  }
  return Object.assign(response, spec.attributes);
}

function bodyOf({ body, stream }: ResponseSpec) {
  if (body === undefined || body === null || typeof body === 'string') return body;
  if (!Array.isArray(body)) return toOctets(body as Octets);
  const chunks = body.map(toOctets);
  return stream ? chunks.values() : chunks;
}

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

function sorted(headers: Iterable<readonly [string, string]>): [string, string][] {
  return Array.from(headers, ([name, value]): [string, string] => [name.toLowerCase(), value]).sort(
    ([one], [other]) => (one < other ? -1 : one > other ? 1 : 0),
  );
}
