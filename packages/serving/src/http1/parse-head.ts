import { type ConnectionFacts, GatewayEnviron } from './environ.ts';
import { FieldLines } from './field-lines.ts';
import { CONTENT_LENGTH, COOKIE, HOST, TRANSFER_ENCODING } from './field-names.ts';
import { type Framing, readFraming } from './framing.ts';
import { HeadText } from './head-text.ts';
import { EMPTY_INPUT } from './input.ts';
import type { Limits } from './limits.ts';
import { CR, LF } from './octets.ts';
import * as refusals from './refusals.ts';
import { RequestLine } from './request-line.ts';
import { decodePath, isHost, knownHost, parseAbsoluteForm } from './request-target.ts';

// Each is used within one call of `parse()`, which does not wait.
const line = new RequestLine();
const lines = new FieldLines();
const headText = new HeadText();
// The number of the last head that began, which its names have then: one that has it is a repeated
// one, or was last in a head so long ago that the number is the same, and is looked up.
let heads = 0;
const MAX_HEADS = 0x3fff_ffff;

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
    let textStart = start;
    if (this.phase === REQUEST_LINE) {
      at = this.#findRequestLine(octets, start, end);
      if (!line.complete) return at;
      textStart = line.start;
      this.#size = 0;
    }
    do {
      const fieldsStart = at;
      const room = this.#limits.maxHeaderSize - this.#size;
      at = lines.find(octets, at, end, room, this.#limits.maxHeaderCount - this.#count);
      // What follows the first head of some octets is its body, or more heads than one.
      headText.cover(octets, textStart, at, start > 0 && lines.complete ? end : at);
      if (this.phase === REQUEST_LINE && !this.#begin()) return at;
      if (!this.#takeFields(octets)) return at;
      if (lines.refusal !== null) return this.#stop(lines.refusal, at);
      if (at > fieldsStart) {
        const piece = { octets, start: fieldsStart, end: at };
        this.pieces = this.pieces === NO_PIECES ? [piece] : [...this.pieces, piece];
        this.#size += at - fieldsStart;
      }
      textStart = at;
    } while (lines.more);
    if (lines.complete) this.#complete(this.environ!);
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

  #refuse(refusal: refusals.Refusal): false {
    this.phase = REFUSED;
    this.refusal = refusal;
    return false;
  }

  /** Finds the request line behind empty lines (RFC 9112 section 2.2): `line` says where. */
  #findRequestLine(octets: Buffer, start: number, end: number): number {
    let at = start;
    line.complete = false;
    while (at + 1 < end && octets[at] === CR && octets[at + 1] === LF) at += 2;
    if (at > start) {
      this.#size += at - start;
      if (this.exceedsLine(this.#size)) return at;
    }
    if (at === end || (octets[at] === CR && at + 1 === end)) return at;
    at = line.find(octets, at, end, this.#limits.maxRequestLine);
    this.head = line.head;
    this.http10 = line.http10;
    if (line.refusal !== null) this.#refuse(line.refusal);
    return at;
  }

  /** Makes the environ from the request line; the four forms are RFC 9112 section 3.2's. */
  #begin(): boolean {
    const { text, start } = headText;
    const method = text.slice(line.start - start, line.methodEnd - start);
    const target = text.slice(line.targetStart - start, line.targetEnd - start);
    let path = target;
    if (method === 'CONNECT') return this.#refuse(refusals.NO_TUNNEL);
    if (target.charCodeAt(0) !== 0x2f) {
      const absolute = parseAbsoluteForm(target);
      if (absolute !== null) {
        this.#authority = absolute.authority;
        path = absolute.rest.startsWith('/') ? absolute.rest : `/${absolute.rest}`;
      } else if (target !== '*' || method !== 'OPTIONS') {
        return this.#refuse(refusals.BAD_TARGET);
      }
    }
    let query = '';
    if (!line.plain) {
      const mark = path.indexOf('?');
      if (mark >= 0) {
        query = path.slice(mark + 1);
        path = path.slice(0, mark);
      }
      path = decodePath(path);
    }
    this.environ = new GatewayEnviron(
      this.#facts,
      method,
      target,
      path,
      query,
      this.http10 ? 'HTTP/1.0' : 'HTTP/1.1',
      EMPTY_INPUT,
    );
    this.phase = FIELDS;
    return true;
  }

  // The target's authority, which replaces Host (RFC 9112 section 3.2.2).
  #authority: string | undefined;

  /** Puts the fields found into the environ. */
  #takeFields(octets: Buffer): boolean {
    const environ = this.environ!;
    const { text, start } = headText;
    const { names, valueStarts, valueEnds, count } = lines;
    // Between the parts of a head others may come, which leave their number on its names.
    const whole = this.#count === 0;
    if (whole) heads = (heads + 1) & MAX_HEADS;
    this.#count += count;
    for (let i = 0; i < count; i++) {
      const name = names[i]!;
      const { key, kind } = name;
      if (key === '') continue;
      const from = valueStarts[i]!;
      const to = valueEnds[i]!;
      const host = kind === HOST ? knownHost(octets, from, to) : null;
      const value = host ?? text.slice(from - start, to - start);
      const { lastHead } = name;
      const first = whole && lastHead >= 0 && lastHead !== heads;
      const earlier = first ? undefined : (environ[key] as string | undefined);
      if (lastHead >= 0) name.lastHead = heads;
      if (earlier === undefined) {
        environ[key] = value;
        this.#seen |= kind;
      } else if (kind === HOST) {
        return this.#refuse(refusals.REPEATED_HOST);
      } else if (kind === CONTENT_LENGTH) {
        return this.#refuse(refusals.BAD_CONTENT_LENGTH);
      } else {
        environ[key] = earlier + (kind === COOKIE ? '; ' : ', ') + value;
      }
    }
    return true;
  }

  /** Judges the head as a whole, once its empty line is there. */
  #complete(environ: GatewayEnviron): boolean {
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
    return true;
  }

  #stop(refusal: refusals.Refusal, at: number): number {
    this.#refuse(refusal);
    return at;
  }
}
