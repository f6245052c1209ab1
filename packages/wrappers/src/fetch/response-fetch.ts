import {
  responseFromFetch as answerFromFetch,
  responseToFetch as answerToFetch,
  type Body,
  type BodyToStreamOptions,
  type Environ,
  type HeaderList,
  type StartResponse,
} from '@werkstatt/core';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { environFromValues } from '../from-values/environ-from-values.ts';
import { type AnswerClass, makeResponse } from './make-response.ts';

/**
 * A response of class `kind` that is a platform's `Response`: its status, its fields, and its body,
 * which streams. `Set-Cookie` fields stay apart. What `fetch` has decoded comes without
 * `Content-Encoding` and the length of the encoded content.
 *
 * @throws BodyConsumedError when the body was read already.
 * @throws ArgumentError for `Response.error()`, which can't be sent.
 */
export function responseFromFetch<R>(kind: AnswerClass<R>, response: globalThis.Response): R {
  if (response.bodyUsed || response.body?.locked) {
    throw new BodyConsumedError(
      'The body of this Response is in use, or was read already. ' +
        'Make the response of its clone(), or before you read it.',
    );
  }
  return makeResponse(kind, answerFromFetch(response));
}

/** A response as an application: what it answers can be had for one request. */
export interface RespondingApp {
  handle(environ: Environ, startResponse: StartResponse): Body;
}

/**
 * A response as the platform's `Response`, as it is sent to one request. A stream is pulled as it is
 * read there, and given up when that is cancelled; what `callOnClose()` was given runs at the end.
 *
 * @param environ the request that is answered: HEAD gets no body. Default: a GET.
 * @throws ArgumentError for a status that a `Response` can't have: it goes from 200 to 599.
 */
export function responseToFetch(
  response: RespondingApp,
  environ: Environ = environFromValues(),
  options: BodyToStreamOptions = {},
): globalThis.Response {
  let status = '';
  let headers: HeaderList = [];
  const body = response.handle(environ, (...head) => {
    [status, headers] = head;
    return refuseWrite;
  });
  const method = environ.REQUEST_METHOD.toUpperCase();
  return answerToFetch(status, headers, body, { ...options, method });
}

function refuseWrite(): never {
  throw new TypeError(
    'A response that becomes a platform Response gives its body; it writes none.',
  );
}
