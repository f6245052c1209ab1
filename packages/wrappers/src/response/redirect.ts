import { escapeHtml, iriToUri } from '@werkstatt/core';
import { InvalidStatusError } from '../errors/wrapper-errors.ts';
import { Response, type ResponseClass } from './response.ts';

/** Codes with which a browser follows `Location` (RFC 9110, section 15.4), and 201. */
const REDIRECT_CODES: ReadonlySet<number> = new Set([201, 301, 302, 303, 305, 307, 308]);

/**
 * A response that sends the client elsewhere, with a short page for those who don't follow. `location`
 * may be readable text, which is sent percent-encoded.
 *
 * `location` goes out as it is: check a target that came from a client before passing it on, or your
 * site lends its name to any other.
 *
 * @param code 303 by default: the client follows with GET. 307 and 308 keep the method and body.
 * @param kind the class of the response.
 * @throws InvalidStatusError for a code that isn't 201, 301, 302, 303, 305, 307 or 308.
 */
export function redirect(location: string, code?: number): Response;
export function redirect<R extends Response>(
  location: string,
  code: number,
  kind: ResponseClass<R>,
): R;
export function redirect(location: string, code = 303, kind: ResponseClass = Response): Response {
  if (!REDIRECT_CODES.has(code)) {
    const codes = [...REDIRECT_CODES].join(', ');
    throw new InvalidStatusError(`A redirect has one of the codes ${codes}, not ${code}.`);
  }
  const response = new kind(redirectPage(location), { status: code, mimetype: 'text/html' });
  response.location = location;
  response.headers.set('Content-Security-Policy', "default-src 'none'");
  response.headers.set('X-Content-Type-Options', 'nosniff');
  return response;
}

function redirectPage(location: string): string {
  const text = escapeHtml(location);
  const link = `<a href="${escapeHtml(iriToUri(location))}">${text}</a>`;
  const target = isWebAddress(location) ? link : text;
  return `<!doctype html>
<html lang=en>
<title>Redirecting...</title>
<h1>Redirecting...</h1>
<p>You should be redirected to the target URL: ${target}.
`;
}

/** Whether a link is safe to click: relative, or of the web; `javascript:` and the like run code. */
function isWebAddress(location: string): boolean {
  // Browsers skip blanks and control characters in front of a scheme and within it.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(location.replace(/[\0-\x20]/g, ''));
  return !scheme || /^https?$/i.test(scheme[1]!);
}
