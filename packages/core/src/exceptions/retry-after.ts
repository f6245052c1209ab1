import { dumpAge } from '../dates/age.ts';
import { httpDate } from '../dates/http-date.ts';
import type { HeaderField } from '../protocol.ts';
import type { HTTPExceptionOptions } from './http-exception.ts';

/** What an exception can be given after which the client may try again. */
export interface RetryAfterOptions extends HTTPExceptionOptions {
  /** When to try again: in so many seconds, or at that time. It becomes `Retry-After`. */
  retryAfter?: number | Date | undefined;
}

/**
 * The `Retry-After` field (RFC 9110 section 10.2.3), if there is a time to state.
 *
 * @throws InvalidHeaderError when it cannot be stated: negative seconds, an invalid date.
 */
export function retryAfterField(retryAfter: number | Date | undefined): HeaderField[] {
  if (retryAfter === undefined) return [];
  return [['Retry-After', retryAfter instanceof Date ? httpDate(retryAfter) : dumpAge(retryAfter)]];
}
