import { Forbidden, Unauthorized, UnavailableForLegalReasons } from './access-denied.ts';
import { BadRequest } from './bad-request.ts';
import { ExpectationFailed, PreconditionFailed, PreconditionRequired } from './condition-errors.ts';
import {
  LengthRequired,
  RequestEntityTooLarge,
  RequestedRangeNotSatisfiable,
  UnprocessableEntity,
  UnsupportedMediaType,
} from './content-errors.ts';
import type { HTTPException, HTTPExceptionOptions } from './http-exception.ts';
import {
  RequestHeaderFieldsTooLarge,
  RequestTimeout,
  RequestURITooLarge,
  TooManyRequests,
} from './request-limits.ts';
import {
  Conflict,
  FailedDependency,
  Gone,
  ImATeapot,
  Locked,
  MethodNotAllowed,
  MisdirectedRequest,
  NotAcceptable,
  NotFound,
} from './resource-errors.ts';
import {
  BadGateway,
  GatewayTimeout,
  HTTPVersionNotSupported,
  InternalServerError,
  NotImplemented,
  ServiceUnavailable,
} from './server-errors.ts';

/** A class of HTTP exceptions with the constructor that `abort()` calls. */
export type HTTPExceptionClass = {
  new (description?: string, options?: HTTPExceptionOptions): HTTPException;
  readonly code: number;
};

const CLASSES: readonly HTTPExceptionClass[] = [
  BadRequest,
  Unauthorized,
  Forbidden,
  NotFound,
  MethodNotAllowed,
  NotAcceptable,
  RequestTimeout,
  Conflict,
  Gone,
  LengthRequired,
  PreconditionFailed,
  RequestEntityTooLarge,
  RequestURITooLarge,
  UnsupportedMediaType,
  RequestedRangeNotSatisfiable,
  ExpectationFailed,
  ImATeapot,
  MisdirectedRequest,
  UnprocessableEntity,
  Locked,
  FailedDependency,
  PreconditionRequired,
  TooManyRequests,
  RequestHeaderFieldsTooLarge,
  UnavailableForLegalReasons,
  InternalServerError,
  NotImplemented,
  BadGateway,
  ServiceUnavailable,
  GatewayTimeout,
  HTTPVersionNotSupported,
];

/** The class that stands for each status code. */
export const defaultExceptions: ReadonlyMap<number, HTTPExceptionClass> = new Map(
  CLASSES.map((kind) => [kind.code, kind]),
);
