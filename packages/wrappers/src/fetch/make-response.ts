import type { Body, HeaderList } from '@werkstatt/core';
import type { ResponseBody } from '../response/body-source.ts';

/** A class of responses, as far as one is made here of an answer that is there already. */
export type AnswerClass<R> = new (
  body: ResponseBody,
  options: { status: string; headers: HeaderList },
) => R & { contentType: string | undefined };

/** An answer that something else gave: an application, or a platform's `Response`. */
interface Answer {
  readonly status: string;
  readonly headers: HeaderList;
  readonly body: Body;
}

/** A response with the fields of an answer and no others: without a type of its own it has none. */
export function makeResponse<R>(kind: AnswerClass<R>, answer: Answer): R {
  const { status, headers, body } = answer;
  const response = new kind(body, { status, headers });
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    response.contentType = undefined;
  }
  return response;
}
