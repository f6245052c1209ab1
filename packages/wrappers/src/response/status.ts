import { reasonPhrase } from '@werkstatt/core';
import { InvalidStatusError } from '../errors/wrapper-errors.ts';

/** What the reason phrase of a status line can't hold (RFC 9112, section 4). */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** A status in both its forms: `'404 Not Found'` and 404. */
export type CleanStatus = readonly [status: string, statusCode: number];

/** The codes that were met, complete; there are at most 900. */
const complete = new Map<number, CleanStatus>();

/**
 * Completes a status. A number, or digits alone, gets its reason phrase, `Unknown` where there is
 * none; text without a code at its start has the code 0, which no server sends.
 *
 * @throws InvalidStatusError for a number that isn't three digits, for an empty text, and for
 * characters that a status line can't hold.
 */
export function cleanStatus(status: number | string): CleanStatus {
  return typeof status === 'number' ? completeCode(status) : splitStatus(status);
}

function completeCode(code: number): CleanStatus {
  let status = complete.get(code);
  if (status === undefined) {
    if (!Number.isInteger(code) || code < 100 || code > 999) {
      throw new InvalidStatusError(`A status code is a number from 100 to 999, not ${code}.`);
    }
    status = [`${code} ${reasonPhrase(code)}`, code];
    complete.set(code, status);
  }
  return status;
}

function splitStatus(status: string): CleanStatus {
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
  if (!/^[1-9][0-9]{2}$/.test(code)) return [`0 ${text}`, 0];
  return code === text ? completeCode(Number(code)) : [text, Number(code)];
}
