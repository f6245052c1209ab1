import { type ConnectionFacts, GatewayEnviron } from './environ.ts';
import {
  CONTENT_LENGTH,
  COOKIE,
  fieldName,
  HOST,
  hashKeyOctet,
  TRANSFER_ENCODING,
} from './field-names.ts';
import { type Framing, readFraming } from './framing.ts';
import { EMPTY_INPUT } from './input.ts';
import type { Limits } from './limits.ts';
import {
  COLON,
  CR,
  FIELD_VALUE,
  HTAB,
  KEY_OCTET,
  LF,
  latin1,
  SP,
  TARGET,
  TOKEN,
} from './octets.ts';
import * as refusals from './refusals.ts';
import { decodePath, isHost, parseAbsoluteForm } from './request-target.ts';

// A method longer than this is none that an application knows.
const MAX_METHOD = 64;
// Most heads are shorter; their strings are slices of one.
const WINDOW = 2048;

const NO_PIECES: readonly HeadPiece[] = [];

/** How far a head has come. */
export const REQUEST_LINE = 0;
export const FIELDS = 1;
export const COMPLETE = 2;
export const REFUSED = 3;

/** Octets of a head: what `gateway.raw_headers` is made from when somebody asks. */
export interface HeadPiece {
  readonly octets: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Parses the head of one request (RFC 9112 sections 2 to 5) line by line, so that every octet is
 * looked at once however the head is cut into packets. Strict: on any doubt it refuses.
 *
 * Give `parse()` octets from the first unconsumed one on, until `phase` is `COMPLETE` or `REFUSED`.
 */
export class HeadParser {
  phase: number = REQUEST_LINE;
  /** Set when `phase` is `REFUSED`. */
  refusal: refusals.Refusal | null = null;
  /** Set from `FIELDS` on. */
  environ: GatewayEnviron | null = null;
  http10 = false;
  /** The method is HEAD, as far as it is known: a refusal has no content then. */
  head = false;
  /** Set when `phase` is `COMPLETE`. */
  framing: Framing | null = null;
  /** The field lines consumed so far, in order. */
  pieces: readonly HeadPiece[] = NO_PIECES;

  readonly #limits: Limits;
  readonly #facts: ConnectionFacts;
  // The fields of `field-names.ts` that were there, as a set of bits.
  #seen = 0;
  #count = 0;
  #size = 0;

  constructor(limits: Limits, facts: ConnectionFacts) {
    this.#limits = limits;
    this.#facts = facts;
  }

  /**
   * Consumes the complete lines of the head from `start` on.
   *
   * @returns where the unconsumed octets begin: behind the head, or at an incomplete line.
   */
  parse(octets: Buffer, start: number, end: number): number {
    let at = start;
    const text = latin1(octets, start, Math.min(end, start + WINDOW));
    if (this.phase === REQUEST_LINE) {
      at = this.#parseRequestLine(octets, at, end, text, start);
      if ((this.phase as number) !== FIELDS) return at;
    }
    const fieldsStart = at;
    at = this.#parseFields(octets, at, end, text, start);
    if (at > fieldsStart) {
      const piece = { octets, start: fieldsStart, end: at };
      this.pieces = this.pieces === NO_PIECES ? [piece] : [...this.pieces, piece];
      this.#size += at - fieldsStart;
    }
    return at;
  }

  /** Whether `length` octets without a line end are more than any line may have. */
  isTooLong(length: number): boolean {
    return this.phase === REQUEST_LINE
      ? length > this.#limits.maxRequestLine
      : this.#size + length > this.#limits.maxHeaderSize;
  }

  /** The same; refuses if so. */
  exceedsLine(length: number): boolean {
    if (this.isTooLong(length)) {
      const inLine = this.phase === REQUEST_LINE;
      this.#refuse(inLine ? refusals.REQUEST_LINE_TOO_LONG : refusals.HEADER_TOO_LARGE);
    }
    return this.phase === REFUSED;
  }

  #refuse(refusal: refusals.Refusal): void {
    this.phase = REFUSED;
    this.refusal = refusal;
  }

  #parseRequestLine(
    octets: Buffer,
    start: number,
    end: number,
    text: string,
    textStart: number,
  ): number {
    let at = start;
    while (at + 1 < end && octets[at] === CR && octets[at + 1] === LF) at += 2;
    if (at > start) {
      this.#size += at - start;
      if (this.exceedsLine(this.#size)) return at;
    }
    const lineStart = at;
    if (at === end || (octets[at] === CR && at + 1 === end)) return at;

    while (at < end && TOKEN[octets[at]!] !== 0) at++;
    if (at - lineStart > MAX_METHOD) return this.#stop(refusals.METHOD_TOO_LONG, at);
    if (at === end) return lineStart;
    if (octets[at] !== SP || at === lineStart) return this.#stop(refusals.BAD_METHOD, at);
    const methodEnd = at++;
    this.head = methodEnd - lineStart === 4 && latin1(octets, lineStart, methodEnd) === 'HEAD';

    const targetStart = at;
    while (at < end && TARGET[octets[at]!] !== 0) at++;
    if (at - lineStart > this.#limits.maxRequestLine) {
      return this.#stop(refusals.REQUEST_LINE_TOO_LONG, at);
    }
    if (at === end) return lineStart;
    if (octets[at] !== SP || at === targetStart) return this.#stop(refusals.BAD_TARGET, at);
    const targetEnd = at++;

    if (end - at < 10) {
      // An incomplete line is judged when it is complete: at its LF.
      if (octets.subarray(at, end).includes(LF)) this.#refuse(refusals.BAD_VERSION);
      return lineStart;
    }
    const version = latin1(octets, at, at + 10);
    at += 10;
    if (version === 'HTTP/1.1\r\n') this.http10 = false;
    else if (version === 'HTTP/1.0\r\n') this.http10 = true;
    else if (!/^HTTP\/\d\.\d\r\n$/.test(version)) return this.#stop(refusals.BAD_VERSION, at);
    else if (version[5] !== '1') return this.#stop(refusals.VERSION_NOT_SUPPORTED, at);

    const method = slice(text, textStart, octets, lineStart, methodEnd);
    const target = slice(text, textStart, octets, targetStart, targetEnd);
    this.#begin(method, target);
    return at;
  }

  /** Makes the environ from the request line; the four forms are RFC 9112 section 3.2's. */
  #begin(method: string, target: string): void {
    let path = target;
    let authority: string | undefined;
    if (method === 'CONNECT') return this.#refuse(refusals.NO_TUNNEL);
    if (target.charCodeAt(0) !== 0x2f) {
      const absolute = parseAbsoluteForm(target);
      if (absolute !== null) {
        authority = absolute.authority;
        path = absolute.rest.startsWith('/') ? absolute.rest : `/${absolute.rest}`;
      } else if (target !== '*' || method !== 'OPTIONS') {
        return this.#refuse(refusals.BAD_TARGET);
      }
    }
    const mark = path.indexOf('?');
    const query = mark < 0 ? '' : path.slice(mark + 1);
    if (mark >= 0) path = path.slice(0, mark);
    this.environ = new GatewayEnviron(
      this.#facts,
      method,
      target,
      decodePath(path),
      query,
      this.http10 ? 'HTTP/1.0' : 'HTTP/1.1',
      EMPTY_INPUT,
    );
    this.#authority = authority;
    this.#size = 0;
    this.phase = FIELDS;
  }

  // The target's authority, which replaces Host (RFC 9112 section 3.2.2).
  #authority: string | undefined;

  #parseFields(
    octets: Buffer,
    start: number,
    end: number,
    text: string,
    textStart: number,
  ): number {
    const environ = this.environ!;
    const room = this.#limits.maxHeaderSize - this.#size;
    let at = start;
    while (at < end) {
      const lineStart = at;
      if (octets[at] === CR) {
        if (at + 1 === end) return lineStart;
        if (octets[at + 1] !== LF) return this.#stop(refusals.BAD_FIELD_NAME, at);
        this.#complete(environ);
        return at + 2;
      }

      let hash = 0;
      let keyOctet = 0;
      while (at < end && (keyOctet = KEY_OCTET[octets[at]!]!) !== 0) {
        hash = hashKeyOctet(hash, keyOctet);
        at++;
      }
      if (at - start > room) return this.#stop(refusals.HEADER_TOO_LARGE, at);
      if (at === end) return lineStart;
      if (octets[at] !== COLON || at === lineStart) {
        const folded = at === lineStart && (octets[at] === SP || octets[at] === HTAB);
        return this.#stop(folded ? refusals.FOLDED_FIELD : refusals.BAD_FIELD_NAME, at);
      }
      const nameEnd = at++;

      while (at < end && (octets[at] === SP || octets[at] === HTAB)) at++;
      const valueStart = at;
      while (at < end && FIELD_VALUE[octets[at]!] !== 0) at++;
      if (at - start > room) return this.#stop(refusals.HEADER_TOO_LARGE, at);
      if (at === end || (octets[at] === CR && at + 1 === end)) return lineStart;
      if (octets[at] !== CR || octets[at + 1] !== LF) {
        return this.#stop(refusals.BAD_FIELD_VALUE, at);
      }
      let valueEnd = at;
      at += 2;
      while (
        valueEnd > valueStart &&
        (octets[valueEnd - 1] === SP || octets[valueEnd - 1] === HTAB)
      ) {
        valueEnd--;
      }

      if (++this.#count > this.#limits.maxHeaderCount) {
        return this.#stop(refusals.HEADER_TOO_LARGE, at);
      }
      const name = fieldName(octets, lineStart, nameEnd, hash);
      const { key, kind } = name;
      if (key === '') continue;
      const value = slice(text, textStart, octets, valueStart, valueEnd);
      const earlier = environ[key] as string | undefined;
      if (earlier === undefined) {
        environ[key] = value;
        this.#seen |= kind;
      } else if (kind === HOST) {
        return this.#stop(refusals.REPEATED_HOST, at);
      } else if (kind === CONTENT_LENGTH) {
        return this.#stop(refusals.BAD_CONTENT_LENGTH, at);
      } else {
        environ[key] = earlier + (kind === COOKIE ? '; ' : ', ') + value;
      }
    }
    return at;
  }

  /** Judges the head as a whole, once its empty line is there. */
  #complete(environ: GatewayEnviron): void {
    const seen = this.#seen;
    if ((seen & HOST) !== 0) {
      if (!isHost(environ.HTTP_HOST!)) return this.#refuse(refusals.BAD_HOST);
    } else if (!this.http10) {
      return this.#refuse(refusals.MISSING_HOST);
    }
    if (this.#authority !== undefined) environ.HTTP_HOST = this.#authority;
    const framing = readFraming(environ, seen, this.http10);
    if ('detail' in framing) return this.#refuse(framing);
    if ((seen & TRANSFER_ENCODING) === 0 && framing.contentLength > this.#limits.maxBodySize) {
      return this.#refuse(refusals.BODY_TOO_LARGE);
    }
    this.framing = framing;
    this.phase = COMPLETE;
  }

  #stop(refusal: refusals.Refusal, at: number): number {
    this.#refuse(refusal);
    return at;
  }
}

/** A slice of the window's string where it reaches, which costs less than a string of its own. */
function slice(
  text: string,
  textStart: number,
  octets: Buffer,
  start: number,
  end: number,
): string {
  return end - textStart <= text.length
    ? text.slice(start - textStart, end - textStart)
    : latin1(octets, start, end);
}
