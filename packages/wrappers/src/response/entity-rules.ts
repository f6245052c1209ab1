import { type HeaderField, iriToUri, isEntityHeader } from '@werkstatt/core';

/** Whether a status allows no content (RFC 9110, section 15). */
export function isWithoutContent(statusCode: number): boolean {
  return statusCode < 200 || statusCode === 204 || statusCode === 205 || statusCode === 304;
}

/** Whether a response has no content whatever its body yields (RFC 9110, section 6.4.1). */
export function hasNoContent(method: string, statusCode: number): boolean {
  return method === 'HEAD' || isWithoutContent(statusCode);
}

/**
 * The header fields that leave: with the length of a whole body unless they have one, without a
 * length where there can't be one, without the fields of content in a 304 (RFC 9110, section
 * 15.4.5), and with `Location` and `Content-Location` as ASCII.
 *
 * @param resolve what becomes of `Location` in the end.
 */
export function completeFields(
  fields: Iterable<HeaderField>,
  statusCode: number,
  length: number | undefined,
  resolve?: ((location: string) => string) | undefined,
): HeaderField[] {
  const completed: HeaderField[] = [];
  const silent = isWithoutContent(statusCode);
  let lengthMissing = !silent && length !== undefined;
  for (const field of fields) {
    const name = field[0];
    if (silent && isForbidden(name, statusCode)) continue;
    if (isNamed(name, 'content-length')) lengthMissing = false;
    if (isNamed(name, 'location')) {
      const location = iriToUri(field[1]);
      completed.push([name, resolve ? resolve(location) : location]);
    } else if (isNamed(name, 'content-location')) {
      completed.push([name, iriToUri(field[1])]);
    } else {
      completed.push(field);
    }
  }
  if (lengthMissing) completed.push(['Content-Length', String(length)]);
  else if (statusCode === 205) completed.push(['Content-Length', '0']);
  return completed;
}

/** `Expires` and `Content-Location` are about the choice of the content, and stay in a 304. */
function isForbidden(name: string, statusCode: number): boolean {
  if (isNamed(name, 'content-length')) return true;
  if (statusCode !== 304 || !isEntityHeader(name)) return false;
  return !isNamed(name, 'expires') && !isNamed(name, 'content-location');
}

function isNamed(name: string, lower: string): boolean {
  return name.length === lower.length && name.toLowerCase() === lower;
}
