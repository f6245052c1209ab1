import type { HeaderField } from '../protocol.ts';
import { HTTPException, type HTTPExceptionOptions } from './http-exception.ts';
import { type RetryAfterOptions, retryAfterField } from './retry-after.ts';

/** What an `InternalServerError` can be given. */
export interface InternalServerErrorOptions extends HTTPExceptionOptions {
  /** The error that the application threw; the `cause` as well. */
  originalError?: unknown;
}

/**
 * 500: the application failed (RFC 9110 section 15.6.1). Nothing of the original error is in the
 * page.
 */
export class InternalServerError extends HTTPException {
  static override readonly code: number = 500;
  static override readonly errorCode: string = 'WERKSTATT_ERR_INTERNAL_SERVER_ERROR';
  static override readonly description: string =
    'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.';

  constructor(description?: string, options: InternalServerErrorOptions = {}) {
    const { originalError, ...rest } = options;
    super(description, originalError === undefined ? rest : { ...rest, cause: originalError });
  }

  /** The error that the application threw, if there was one. */
  get originalError(): unknown {
    return this.cause;
  }
}

/** 501: the server does not support the method at all (RFC 9110 section 15.6.2). */
export class NotImplemented extends HTTPException {
  static override readonly code: number = 501;
  static override readonly errorCode: string = 'WERKSTATT_ERR_NOT_IMPLEMENTED';
  static override readonly description: string =
    'This server does not support what the request asks for.';
}

/** 502: an upstream server gave an invalid answer (RFC 9110 section 15.6.3). */
export class BadGateway extends HTTPException {
  static override readonly code: number = 502;
  static override readonly errorCode: string = 'WERKSTATT_ERR_BAD_GATEWAY';
  static override readonly description: string = 'An upstream server gave an invalid answer.';
}

/** 503: the server is overloaded or under maintenance (RFC 9110 section 15.6.4). */
export class ServiceUnavailable extends HTTPException {
  static override readonly code: number = 503;
  static override readonly errorCode: string = 'WERKSTATT_ERR_SERVICE_UNAVAILABLE';
  static override readonly description: string =
    'The server cannot answer at the moment: it is overloaded or under maintenance. Please try again later.';

  /** When the client may try again. */
  readonly retryAfter: number | Date | undefined;

  constructor(description?: string, options: RetryAfterOptions = {}) {
    super(description, options);
    this.retryAfter = options.retryAfter;
  }

  override getHeaders(): HeaderField[] {
    return [...super.getHeaders(), ...retryAfterField(this.retryAfter)];
  }
}

/** 504: an upstream server gave no answer in time (RFC 9110 section 15.6.5). */
export class GatewayTimeout extends HTTPException {
  static override readonly code: number = 504;
  static override readonly errorCode: string = 'WERKSTATT_ERR_GATEWAY_TIMEOUT';
  static override readonly description: string = 'The connection to an upstream server timed out.';
}

/** 505: the HTTP version is not supported (RFC 9110 section 15.6.6). */
export class HTTPVersionNotSupported extends HTTPException {
  static override readonly code: number = 505;
  static override readonly errorCode: string = 'WERKSTATT_ERR_HTTP_VERSION_NOT_SUPPORTED';
  static override readonly description: string =
    'The server does not support the HTTP protocol version used in the request.';
}
