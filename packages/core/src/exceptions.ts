export { abort } from './exceptions/abort.ts';
export { Aborter, type AborterOptions } from './exceptions/aborter.ts';
export {
  type Challenge,
  Forbidden,
  Unauthorized,
  type UnauthorizedOptions,
  UnavailableForLegalReasons,
} from './exceptions/access-denied.ts';
export {
  BadHost,
  BadRequest,
  BadRequestKeyError,
  type BadRequestKeyErrorOptions,
  ClientDisconnected,
  SecurityError,
} from './exceptions/bad-request.ts';
export {
  ExpectationFailed,
  PreconditionFailed,
  PreconditionRequired,
} from './exceptions/condition-errors.ts';
export {
  LengthRequired,
  type RangeNotSatisfiableOptions,
  RequestEntityTooLarge,
  RequestedRangeNotSatisfiable,
  UnprocessableEntity,
  UnsupportedMediaType,
  type UnsupportedMediaTypeOptions,
} from './exceptions/content-errors.ts';
export { defaultExceptions, type HTTPExceptionClass } from './exceptions/default-exceptions.ts';
export { ERROR_CODES, type ErrorCode } from './exceptions/error-codes.ts';
export { HTTPException, type HTTPExceptionOptions } from './exceptions/http-exception.ts';
export type { ProblemDetails } from './exceptions/problem-details.ts';
export {
  RequestHeaderFieldsTooLarge,
  RequestTimeout,
  RequestURITooLarge,
  TooManyRequests,
} from './exceptions/request-limits.ts';
export {
  Conflict,
  FailedDependency,
  Gone,
  ImATeapot,
  Locked,
  MethodNotAllowed,
  type MethodNotAllowedOptions,
  MisdirectedRequest,
  NotAcceptable,
  NotFound,
} from './exceptions/resource-errors.ts';
export type { RetryAfterOptions } from './exceptions/retry-after.ts';
export {
  BadGateway,
  GatewayTimeout,
  HTTPVersionNotSupported,
  InternalServerError,
  type InternalServerErrorOptions,
  NotImplemented,
  ServiceUnavailable,
} from './exceptions/server-errors.ts';
export { HTTP_STATUS_CODES, reasonPhrase } from './exceptions/status-codes.ts';
