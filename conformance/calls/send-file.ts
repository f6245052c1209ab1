import { type SendFileOptions, sendFile } from '@werkstatt/wrappers/node';
import type { Calls } from './call.ts';
import { type Octets, toOctets } from './encode.ts';
import { environOf, type RequestSpec } from './request-spec.ts';
import { makeResponse, type ResponseSpec, send } from './response-spec.ts';

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
    return send(makeResponse(spec).makeConditional(environ, options), request);
  },
  async sendFile(content: Octets, request: RequestSpec, options: FileSpec = {}) {
    const { lastModified, ...rest } = options;
    const date = lastModified === undefined ? undefined : new Date(lastModified);
    const response = await sendFile(toOctets(content), environOf(request), {
      ...rest,
      lastModified: date,
    });
    return send(response, request, ['date', 'expires']);
  },
};
