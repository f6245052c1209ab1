import type { HeaderField } from '../protocol.ts';
import { HTTPException } from './http-exception.ts';
import { type RetryAfterOptions, retryAfterField } from './retry-after.ts';

/** 408: the request did not arrive in time (RFC 9110 section 15.5.9). */
export class RequestTimeout extends HTTPException {
  static override readonly code: number = 408;
  static override readonly errorCode: string = 'WERKSTATT_ERR_REQUEST_TIMEOUT';
  static override readonly description: string =
    "The server closed the network connection because the browser didn't finish the request within the specified time.";
}

/** 414: the request target exceeds a limit (RFC 9110 section 15.5.15). */
export class RequestURITooLarge extends HTTPException {
  static override readonly code: number = 414;
  static override readonly errorCode: string = 'WERKSTATT_ERR_REQUEST_URI_TOO_LARGE';
  static override readonly description: string =
    'The requested URL is longer than this server accepts.';
}

/** 429: the client sent more requests than it may (RFC 6585 section 4). */
export class TooManyRequests extends HTTPException {
  static override readonly code: number = 429;
  static override readonly errorCode: string = 'WERKSTATT_ERR_TOO_MANY_REQUESTS';
  static override readonly description: string =
    'This user has exceeded an allotted request count. Try again later.';

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

/** 431: the request headers exceed a limit (RFC 6585 section 5). */
export class RequestHeaderFieldsTooLarge extends HTTPException {
  static override readonly code: number = 431;
  static override readonly errorCode: string = 'WERKSTATT_ERR_REQUEST_HEADER_FIELDS_TOO_LARGE';
  static override readonly description: string =
    'One or more header fields of the request are larger than this server accepts.';
}
