import { reasonPhrase } from '@werkstatt/core';
import { InvalidStatusError } from '../errors/wrapper-errors.ts';

/** What the reason phrase of a status line can't hold (RFC 9112, section 4). */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** A status in both its forms: `'404 Not Found'` and 404. */
export type CleanStatus = readonly [status: string, statusCode: number];

/**
 * Completes a status. A number, or digits alone, gets its reason phrase, `Unknown` where there is
 * none; text without a code at its start has the code 0, which no server sends.
 *
 * @throws InvalidStatusError for a number that isn't three digits, for an empty text, and for
 * characters that a status line can't hold.
 */
export function cleanStatus(status: number | string): CleanStatus {
  if (typeof status === 'number') {
    if (!Number.isInteger(status) || status < 100 || status > 999) {
      throw new InvalidStatusError(`A status code is a number from 100 to 999, not ${status}.`);
    }
    return [`${status} ${reasonPhrase(status)}`, status];
  }
  const text = status.trim();
  if (text === '') {
    throw new InvalidStatusError("The status is empty; give a code, or text as '404 Not Found'.");
  }
  if (UNSENDABLE.test(text)) {
    throw new InvalidStatusError(
      `The status ${JSON.stringify(text)} has characters that can't be sent; take them out.`,
    );
  }
  const [code] = text.split(' ', 1) as [string];
  if (!/^[1-9][0-9]{2}$/.test(code)) {
    return [`0 ${text}`, 0];
  }
  return code === text ? cleanStatus(Number(code)) : [text, Number(code)];
}
