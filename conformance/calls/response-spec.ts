import { Response } from '@werkstatt/wrappers';
import { type Octets, toOctets } from './encode.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

/** What a case tells of a response. */
export interface ResponseSpec {
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

/** The path of a URL that no field can hold is set by a property, which encodes it. */
const URL_PROPERTIES = new Map([
  ['location', 'location'],
  ['content-location', 'contentLocation'],
]);

/** The response that a case means. */
export function makeResponse(spec: ResponseSpec): Response {
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

/**
 * What a server would send.
 *
 * @param omitted names of fields that are left out, in lower case.
 */
export async function send(
  response: Response,
  request: RequestSpec,
  omitted: readonly string[] = [],
): Promise<unknown> {
  let sent: [status: string, headers: readonly (readonly [string, string])[]] = ['', []];
  const body = await response(environOf(request), (status, headers) => {
    sent = [status, headers];
    return () => {};
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  await body.close?.();
  const [status, headers] = sent;
  return {
    statusCode: Number(status.split(' ', 1)[0]),
    headers: sortedFields(headers).filter(([name]) => !omitted.includes(name)),
    body: Buffer.concat(chunks),
  };
}

/** Fields as the cases have them: with names in lower case, by name. */
export function sortedFields(headers: Iterable<readonly [string, string]>): [string, string][] {
  return Array.from(headers, ([name, value]): [string, string] => [name.toLowerCase(), value]).sort(
    ([one], [other]) => (one < other ? -1 : one > other ? 1 : 0),
  );
}
