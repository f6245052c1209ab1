import { type Environ, getInputStream, type InputStream } from '@werkstatt/core';
import { decodeRequestBody } from '../decoding/decode-request-body.ts';
import { ShallowRequestError } from '../errors/wrapper-errors.ts';
import { checkLimit } from '../values/check-limit.ts';
import { RequestBody } from './request-body.ts';
import type { RequestState } from './request-state.ts';

/** What is to be known of a request whose body is read. */
export interface BodyRequest {
  readonly environ: Environ;
  readonly contentLength: number | undefined;
  readonly maxContentLength: number;
  readonly decodesContent: boolean;
}

/** The body of a request, which is the same every time. */
export function bodyOf(request: BodyRequest, state: RequestState): RequestBody {
  state.body ??= new RequestBody({
    open: (limit) => openInput(request, state, limit),
    length: codingOf(request) === undefined ? request.contentLength : undefined,
    isOver: () => state.end?.isReached === true,
  });
  return state.body;
}

/** The `Content-Encoding` that is undone while the body is read; `undefined` if none is. */
export function codingOf({ decodesContent, environ }: BodyRequest): string | undefined {
  return decodesContent ? environ.HTTP_CONTENT_ENCODING : undefined;
}

function openInput(request: BodyRequest, { shallow }: RequestState, atMost: number): InputStream {
  if (shallow) {
    throw new ShallowRequestError(
      'This request was made shallow, to be looked at without its body. Read the body where the ' +
        'request is answered, from a request that is made without `shallow`.',
    );
  }
  const limit = Math.min(checkLimit('maxContentLength', request.maxContentLength), atMost);
  const input = getInputStream(request.environ, {
    maxContentLength: limit === Number.POSITIVE_INFINITY ? null : limit,
  });
  const coding = codingOf(request);
  if (coding === undefined) return input;
  return decodeRequestBody(input, coding, { maxContentLength: limit });
}
