import {
  ImmutableMultiDict,
  parseQuery,
  RequestEntityTooLarge,
  UnsupportedMediaType,
} from '@werkstatt/core';

const AMPERSAND = 0x26;
/** How many characters `String.fromCharCode` is given at once: arguments lie on the stack. */
const SLICE = 8192;

/** The media type of a form without files. */
const URLENCODED = 'application/x-www-form-urlencoded';

/**
 * Whether a body of this type is a form that can be parsed.
 *
 * @throws UnsupportedMediaType for `multipart/form-data`, which isn't parsed yet: an empty form
 * would lose what the client sent.
 */
export function isForm(mimetype: string): boolean {
  if (mimetype === 'multipart/form-data') {
    throw new UnsupportedMediaType(
      'Forms of type multipart/form-data are not processed here; send application/x-www-form-urlencoded.',
    );
  }
  return mimetype === URLENCODED;
}

/**
 * Parses a body of type `application/x-www-form-urlencoded`.
 *
 * @throws RequestEntityTooLarge for more than `maxParts` fields, before any is made.
 */
export function parseForm(body: Uint8Array, maxParts: number): ImmutableMultiDict {
  if (countFields(body) > maxParts) {
    throw new RequestEntityTooLarge(`The form has more than the ${maxParts} fields allowed here.`);
  }
  return new ImmutableMultiDict(parseQuery(octetsAsText(body)));
}

function countFields(body: Uint8Array): number {
  let count = 1;
  for (const octet of body) {
    if (octet === AMPERSAND) count++;
  }
  return count;
}

/** One character per octet, as `parseQuery` takes it. */
function octetsAsText(octets: Uint8Array): string {
  let text = '';
  for (let start = 0; start < octets.length; start += SLICE) {
    text += String.fromCharCode(...octets.subarray(start, start + SLICE));
  }
  return text;
}
