import type { HeaderField } from '../protocol.ts';
import type { HTTPExceptionOptions } from './http-exception.ts';

/** What an exception can be given after which the client may try again. */
export interface RetryAfterOptions extends HTTPExceptionOptions {
  /** When to try again: in so many seconds, or at that time. It becomes `Retry-After`. */
  retryAfter?: number | Date | undefined;
}

/** The `Retry-After` field (RFC 9110 section 10.2.3), if there is a time to state. */
export function retryAfterField(retryAfter: number | Date | undefined): HeaderField[] {
  if (retryAfter === undefined) return [];
  return [
    ['Retry-After', retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter)],
  ];
}
