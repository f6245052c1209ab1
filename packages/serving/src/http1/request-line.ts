import { CR, LF, latin1, SP, TARGET, TOKEN } from './octets.ts';
import * as refusals from './refusals.ts';

// A method longer than this is none that an application knows.
const MAX_METHOD = 64;
const VERSION = /^HTTP\/\d\.\d\r\n$/;
/** Octets of a version and the line end behind it. */
const VERSION_LENGTH = 10;
const HTTP_1 = Buffer.from('HTTP/1.');
const ZERO = 0x30;
const ONE = 0x31;

/**
 * Finds a request line (RFC 9112 section 3), and judges its octets; what its target is for comes
 * later. One object does for every head.
 */
export class RequestLine {
  /** Where its parts are, once `complete`. */
  start = 0;
  methodEnd = 0;
  targetStart = 0;
  targetEnd = 0;
  /** The target has neither `?` nor `%`. */
  plain = false;
  complete = false;
  /** The method is HEAD, as far as it is known. */
  head = false;
  http10 = false;
  refusal: refusals.Refusal | null = null;

  /** @returns where the unconsumed octets begin: behind the line, or at `start`. */
  find(octets: Buffer, start: number, end: number, maxLength: number): number {
    const token = TOKEN;
    const legal = TARGET;
    let at = start;
    this.complete = false;
    this.head = false;
    this.refusal = null;
    while (at < end && token[octets[at]!] !== 0) at++;
    if (at - start > MAX_METHOD) return this.#stop(refusals.METHOD_TOO_LONG, at);
    if (at === end) return start;
    if (octets[at] !== SP || at === start) return this.#stop(refusals.BAD_METHOD, at);
    const methodEnd = at++;
    this.head = methodEnd - start === 4 && latin1(octets, start, methodEnd) === 'HEAD';

    const targetStart = at;
    let octetClass = 0;
    let classes = 0;
    while (at < end && (octetClass = legal[octets[at]!]!) !== 0) {
      classes |= octetClass;
      at++;
    }
    if (at - start > maxLength) return this.#stop(refusals.REQUEST_LINE_TOO_LONG, at);
    if (at === end) return start;
    if (octets[at] !== SP || at === targetStart) return this.#stop(refusals.BAD_TARGET, at);
    const targetEnd = at++;

    if (end - at < VERSION_LENGTH) {
      // An incomplete line is judged when it is complete: at its LF.
      if (octets.subarray(at, end).includes(LF)) this.refusal = refusals.BAD_VERSION;
      return start;
    }
    const refusal = this.#readVersion(octets, at);
    at += VERSION_LENGTH;
    if (refusal !== null) return this.#stop(refusal, at);
    this.start = start;
    this.methodEnd = methodEnd;
    this.targetStart = targetStart;
    this.targetEnd = targetEnd;
    this.plain = classes === 1;
    this.complete = true;
    return at;
  }

  #readVersion(octets: Buffer, start: number): refusals.Refusal | null {
    this.http10 = false;
    const expected = HTTP_1;
    let at = 0;
    while (at < 7 && octets[start + at] === expected[at]) at++;
    const minor = octets[start + 7];
    const ended = octets[start + 8] === CR && octets[start + 9] === LF;
    if (at === 7 && ended && (minor === ZERO || minor === ONE)) {
      this.http10 = minor === ZERO;
      return null;
    }
    const version = latin1(octets, start, start + VERSION_LENGTH);
    if (!VERSION.test(version)) return refusals.BAD_VERSION;
    return version[5] === '1' ? null : refusals.VERSION_NOT_SUPPORTED;
  }

  #stop(refusal: refusals.Refusal, at: number): number {
    this.refusal = refusal;
    return at;
  }
}
