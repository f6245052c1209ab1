import type { HeaderList } from '@werkstatt/core';
import { makeConditional, Response } from '@werkstatt/wrappers';
import { type SendFileOptions, sendFile } from '@werkstatt/wrappers/node';
import type { Calls } from './call.ts';
import { type Octets, toOctets } from './encode.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

/** What a case tells of a response. */
interface ResponseSpec {
  readonly body?: Octets | readonly Octets[];
  /** Whether a list of chunks can be read once only. */
  readonly stream?: boolean;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

interface ConditionalSpec {
  readonly acceptRanges?: boolean | string;
  readonly completeLength?: number;
}

/** Options of `sendFile`, where a date is an ISO instant. */
type FileSpec = Omit<SendFileOptions, 'lastModified'> & { readonly lastModified?: string };

/** Calls of what sends files, and of conditional responses. */
export const sendFileCalls: Calls = {
  conditionalResponse(
    spec: ResponseSpec,
    request: RequestSpec,
    { acceptRanges, completeLength }: ConditionalSpec = {},
  ) {
    const environ = environOf(request);
    // The reference knows no more than one range.
    const options = { acceptRanges, completeLength, multipart: false };
    return answerOf(makeConditional(responseOf(spec), environ, options), request);
  },
  async sendFile(content: Octets, request: RequestSpec, options: FileSpec = {}) {
    const { lastModified, ...rest } = options;
    const date = lastModified === undefined ? undefined : new Date(lastModified);
    const response = await sendFile(toOctets(content), environOf(request), {
      ...rest,
      lastModified: date,
    });
    return answerOf(response, request, ['date', 'expires']);
  },
};

function responseOf({ body = [], stream = false, headers = [] }: ResponseSpec): Response {
  if (!Array.isArray(body)) return new Response(toOctets(body as Octets), { headers });
  const chunks = body.map(toOctets);
  return new Response(stream ? chunks.values() : chunks, { headers });
}

/** What a server would send, but for fields that tell the time. */
async function answerOf(
  response: Response,
  request: RequestSpec,
  omitted: readonly string[] = [],
): Promise<unknown> {
  let head: { statusCode: number; headers: HeaderList } | undefined;
  const body = await response(environOf(request), (status, headers) => {
    head = { statusCode: Number.parseInt(status, 10), headers };
    return () => {};
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  await body.close?.();
  const headers = (head?.headers ?? [])
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !omitted.includes(name))
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return { statusCode: head?.statusCode, headers, body: Buffer.concat(chunks) };
}
