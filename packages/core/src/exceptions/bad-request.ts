import { HTTPException, type HTTPExceptionOptions } from './http-exception.ts';

/** 400: the request cannot be understood (RFC 9110 section 15.5.1). */
export class BadRequest extends HTTPException {
  static override readonly code: number = 400;
  static override readonly errorCode: string = 'WERKSTATT_ERR_BAD_REQUEST';
  static override readonly description: string =
    'The browser (or proxy) sent a request that this server could not understand.';
}

/** What a `BadRequestKeyError` can be given. */
export interface BadRequestKeyErrorOptions extends HTTPExceptionOptions {
  /** Names the key in the description, which the client sees. Default: false. */
  showKey?: boolean | undefined;
}

/**
 * 400: a key that the application asked for is not in the form, the query, the cookies or the
 * headers. Left alone, such a mistake of a client is answered with a 400 and not with a 500.
 */
export class BadRequestKeyError extends BadRequest {
  static override readonly errorCode: string = 'WERKSTATT_ERR_MISSING_KEY';

  /** The key that is missing. */
  readonly key: string | undefined;

  constructor(key?: string, options: BadRequestKeyErrorOptions = {}) {
    const shown = key !== undefined && options.showKey === true;
    super(shown ? `${BadRequest.description}\nMissing key: ${key}` : undefined, options);
    this.key = key;
  }
}

/**
 * 400: the client went away before its request was complete. Nobody will read the answer; what
 * reads the body gets this error, so that a part is never taken for the whole.
 */
export class ClientDisconnected extends BadRequest {
  static override readonly errorCode: string = 'WERKSTATT_ERR_CLIENT_DISCONNECTED';
}

/** 400: the request broke a rule that protects the application. */
export class SecurityError extends BadRequest {
  static override readonly errorCode: string = 'WERKSTATT_ERR_SECURITY';
}

/**
 * 400: the Host header is malformed, or it names a host that is not served (RFC 9112 section 3.2).
 */
export class BadHost extends BadRequest {
  static override readonly errorCode: string = 'WERKSTATT_ERR_BAD_HOST';
}
