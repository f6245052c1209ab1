import { ArgumentError, BadRequest } from '@werkstatt/core';

/** RFC 2046 section 5.1.1: 1 to 70 of these, the last no space. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
/** What is taken for one as well: any visible ASCII, for some clients draw on all of it. */
const TOLERATED = /^[ -~]{0,199}[!-~]$/;

const encoder = new TextEncoder();

/**
 * The octets of a boundary that a client states.
 *
 * @throws BadRequest when it has octets that none has, or is longer than 200: the length of the
 *   boundary is what a decoder keeps of a chunk until the next one comes.
 */
export function receivedBoundary(boundary: string): Uint8Array {
  if (TOLERATED.test(boundary)) return encoder.encode(boundary);
  throw new BadRequest(
    'The boundary of the form data is not valid: it has to be 1 to 200 visible ASCII characters.',
  );
}

/**
 * The octets of a boundary to send.
 *
 * @throws ArgumentError when it is not as RFC 2046 section 5.1.1 has it.
 */
export function boundaryToSend(boundary: string): Uint8Array {
  if (BOUNDARY.test(boundary)) return encoder.encode(boundary);
  throw new ArgumentError(
    `${JSON.stringify(boundary)} is no boundary. Take 1 to 70 letters, digits and any of ` +
      "'()+_,-./:=? (RFC 2046 section 5.1.1).",
  );
}
