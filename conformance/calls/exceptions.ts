import * as core from '@werkstatt/core';
import {
  abort,
  BadRequestKeyError,
  defaultExceptions,
  type GatewayApp,
  type HeaderList,
  HTTPException,
  type HTTPExceptionClass,
  type HTTPExceptionOptions,
  WWWAuthenticate,
} from '@werkstatt/core';
import type { Calls } from './call.ts';
import { thrownName, toRecord } from './encode.ts';
import { environOf } from './request-spec.ts';

/** What a case tells of an exception beside its class. */
interface ExceptionSpec {
  readonly description?: string;
  readonly validMethods?: readonly string[];
  /** Seconds, or an ISO instant. */
  readonly retryAfter?: number | string;
  readonly length?: number;
  readonly units?: string;
  readonly wwwAuthenticate?: readonly (readonly [
    type: string,
    parameters: Readonly<Record<string, string>> | null,
    token: string | null,
  ])[];
}

/** The calls of `exceptions`. */
export const exceptionCalls: Calls = {
  httpException(name: string, spec?: ExceptionSpec) {
    const exception = make(name, spec);
    const { code, description } = exception;
    return { code, description, headers: sorted(exception.getHeaders()) };
  },
  httpExceptionName: (name: string) => make(name).reason,
  httpExceptionString: (name: string, spec?: ExceptionSpec) => String(make(name, spec)),
  httpExceptionBody: (name: string, spec?: ExceptionSpec) => make(name, spec).getBody(),
  httpExceptionResponse: (name: string, spec?: ExceptionSpec) => answerOf(make(name, spec).asApp()),
  abort: (code: number) => abort(code),
  abortDescription(code: number, description: string) {
    try {
      abort(code, description);
    } catch (error) {
      const exception = error as HTTPException;
      const { code, description } = exception;
      return { class: thrownName(exception), code, description };
    }
  },
  defaultExceptions: () =>
    toRecord(Array.from(defaultExceptions, ([code, kind]) => [String(code), kind.name] as const)),
  badRequestKeyError(key: string, showKey: boolean) {
    const error = new BadRequestKeyError(key, { showKey });
    return { code: error.code, mentionsKey: error.description.includes(key) };
  },
};

function make(name: string, spec: ExceptionSpec = {}): HTTPException {
  const { description, retryAfter, wwwAuthenticate, ...options } = spec;
  const challenges = wwwAuthenticate?.map(
    ([type, parameters, token]) => new WWWAuthenticate(type, parameters, token),
  );
  const all: HTTPExceptionOptions & Record<string, unknown> = {
    ...options,
    retryAfter: typeof retryAfter === 'string' ? new Date(retryAfter) : retryAfter,
    wwwAuthenticate: challenges,
  };
  return new (classOf(name))(description, all);
}

function classOf(name: string): HTTPExceptionClass {
  const found = new Map(Object.entries(core)).get(name);
  if (typeof found === 'function' && found.prototype instanceof HTTPException) {
    return found as HTTPExceptionClass;
  }
  throw new TypeError(`There is no exception ${name}.`);
}

async function answerOf(app: GatewayApp): Promise<unknown> {
  const answer = { statusCode: 0, headers: [] as HeaderList };
  const body = await app(environOf({}), (status, headers) => {
    answer.statusCode = Number.parseInt(status, 10);
    answer.headers = sorted(headers);
    return () => {};
  });
  for await (const _chunk of body);
  return answer;
}

function sorted(headers: HeaderList): HeaderList {
  const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  return lower.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}
