import type { HeaderField } from '@werkstatt/core/protocol';
import {
  BACKSLASH,
  CR,
  EQUALS,
  FIELD_VALUE,
  HEX_VALUE,
  HTAB,
  LF,
  QUOTE,
  SEMICOLON,
  SP,
  TCHAR,
  TOKEN,
  trimBlanks,
} from './octets.ts';
import * as refusals from './refusals.ts';

// Where the decoder stands in `chunked-body` (RFC 9112 section 7.1).
const SIZE_START = 0;
const SIZE = 1;
const SIZE_BWS = 2;
const EXTENSION_START = 3;
const EXTENSION_NAME = 4;
const EXTENSION_NAME_BWS = 5;
const EXTENSION_VALUE_START = 6;
const EXTENSION_VALUE = 7;
const EXTENSION_QUOTED = 8;
const EXTENSION_QUOTED_PAIR = 9;
const EXTENSION_END = 10;
const SIZE_LF = 11;
const DATA = 12;
const DATA_CR = 13;
const DATA_LF = 14;
const TRAILER = 15;
const COMPLETE = 16;
const REFUSED = 17;

/** Pieces of data under this many octets are moved together, so that tiny chunks cost little. */
const SMALL_PIECE = 1024;
/** Octets of extensions and leading zeros that a body may have beyond its data. */
const EXTENSION_ALLOWANCE = 16_384;

const TRAILER_LINE = new RegExp(`^(${TCHAR.source}+):([\\t\\x20-\\x7e\\x80-\\xff]*)$`);
/** Fields that would frame or route the message, had they stood in its head (RFC 9110 section 6.5.1). */
const HEAD_ONLY = /^(?:content-length|transfer-encoding|host)$/i;

export interface TrailerLimits {
  readonly maxHeaderSize: number;
  readonly maxHeaderCount: number;
}

/**
 * Decodes the chunked transfer coding (RFC 9112 section 7.1), octets in, data out. Strict: lines end
 * with CRLF, sizes are hexadecimal digits, extensions are well-formed, read past, and limited in total.
 */
export class ChunkedDecoder {
  /** The fields after the last chunk, once the body is complete. */
  readonly trailers: HeaderField[] = [];
  refusal: refusals.Refusal | null = null;

  readonly #limits: TrailerLimits;
  #phase = SIZE_START;
  // Octets of the current chunk still to come.
  #remaining = 0;
  #received = 0;
  #extensions = 0;
  #trailerLine = '';
  #trailerSize = 0;

  constructor(limits: TrailerLimits) {
    this.#limits = limits;
  }

  get complete(): boolean {
    return this.#phase === COMPLETE;
  }

  /** Octets of data so far. */
  get received(): number {
    return this.#received;
  }

  /**
   * Decodes `octets` from `start` to `end`, which it may rearrange, up to the end of the body.
   *
   * @param emit gets the data, in few pieces.
   * @returns where it stopped: at `end`, behind the body, or at the fault when `refusal` is set.
   */
  decode(octets: Buffer, start: number, end: number, emit: (data: Buffer) => void): number {
    let at = start;
    // Data found but not handed on yet: one run in `octets`.
    let runStart = 0;
    let runEnd = 0;
    while (at < end && this.#phase < COMPLETE) {
      if (this.#phase === DATA) {
        const size = Math.min(this.#remaining, end - at);
        if (runEnd > runStart && size < SMALL_PIECE) {
          octets.copyWithin(runEnd, at, at + size);
          runEnd += size;
        } else {
          if (runEnd > runStart) emit(octets.subarray(runStart, runEnd));
          runStart = at;
          runEnd = at + size;
        }
        at += size;
        this.#received += size;
        this.#remaining -= size;
        if (this.#remaining === 0) this.#phase = DATA_CR;
      } else if (this.#phase === TRAILER) {
        at = this.#readTrailers(octets, at, end);
      } else {
        this.#readFrame(octets[at++]!);
      }
    }
    if (runEnd > runStart) emit(octets.subarray(runStart, runEnd));
    return at;
  }

  /** One octet of a chunk's size line, or of the CRLF behind its data. */
  #readFrame(octet: number): void {
    switch (this.#phase) {
      case SIZE_START:
      case SIZE:
        return this.#readSize(octet);
      case SIZE_BWS:
        if (octet === SEMICOLON) this.#phase = EXTENSION_START;
        else if (octet !== SP && octet !== HTAB) this.#refuse();
        return this.#countExtension();
      case SIZE_LF:
        if (octet !== LF) return this.#refuse();
        this.#phase = this.#remaining === 0 ? TRAILER : DATA;
        return;
      case DATA_CR:
        if (octet !== CR) return this.#refuse();
        this.#phase = DATA_LF;
        return;
      case DATA_LF:
        if (octet !== LF) return this.#refuse();
        this.#phase = SIZE_START;
        return;
      default:
        this.#phase = nextInExtension(this.#phase, octet);
        if (this.#phase === REFUSED) this.#refuse();
        return this.#countExtension();
    }
  }

  #readSize(octet: number): void {
    const digit = HEX_VALUE[octet]!;
    if (digit < 16) {
      if (this.#remaining === 0 && this.#phase === SIZE) this.#countExtension();
      this.#remaining = this.#remaining * 16 + digit;
      this.#phase = SIZE;
      if (this.#remaining > Number.MAX_SAFE_INTEGER) this.#refuse();
      return;
    }
    if (this.#phase === SIZE_START) this.#refuse();
    else if (octet === CR) this.#phase = SIZE_LF;
    else if (octet === SEMICOLON) this.#phase = EXTENSION_START;
    else if (octet === SP || octet === HTAB) this.#phase = SIZE_BWS;
    else this.#refuse();
  }

  #countExtension(): void {
    if (++this.#extensions > EXTENSION_ALLOWANCE + this.#received) this.#refuse();
  }

  /** The trailer section and the empty line that ends the body (RFC 9112 section 7.1.2). */
  #readTrailers(octets: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && this.#phase === TRAILER) {
      const lf = octets.subarray(at, end).indexOf(LF);
      const stop = lf < 0 ? end : at + lf + 1;
      this.#trailerSize += stop - at;
      if (this.#trailerSize > this.#limits.maxHeaderSize) {
        this.#refuse(refusals.HEADER_TOO_LARGE);
        return at;
      }
      this.#trailerLine += octets.toString('latin1', at, stop);
      at = stop;
      if (lf >= 0) this.#finishTrailerLine();
    }
    return at;
  }

  #finishTrailerLine(): void {
    const line = this.#trailerLine;
    this.#trailerLine = '';
    if (line === '\r\n') {
      this.#phase = COMPLETE;
      return;
    }
    const match = line.endsWith('\r\n') ? TRAILER_LINE.exec(line.slice(0, -2)) : null;
    if (match === null || HEAD_ONLY.test(match[1]!)) return this.#refuse();
    this.trailers.push([match[1]!, trimBlanks(match[2]!)]);
    if (this.trailers.length > this.#limits.maxHeaderCount) {
      this.#refuse(refusals.HEADER_TOO_LARGE);
    }
  }

  #refuse(refusal: refusals.Refusal = refusals.BAD_CHUNK): void {
    this.#phase = REFUSED;
    this.refusal = refusal;
  }
}

/** The phase behind one octet of a chunk extension (RFC 9112 section 7.1.1). */
function nextInExtension(phase: number, octet: number): number {
  const blank = octet === SP || octet === HTAB;
  switch (phase) {
    case EXTENSION_START:
      if (blank) return phase;
      return TOKEN[octet] === 0 ? REFUSED : EXTENSION_NAME;
    case EXTENSION_NAME:
      if (TOKEN[octet] !== 0) return phase;
      if (octet === EQUALS) return EXTENSION_VALUE_START;
      return blank ? EXTENSION_NAME_BWS : nextBehindExtension(octet);
    case EXTENSION_NAME_BWS:
      if (octet === EQUALS) return EXTENSION_VALUE_START;
      return blank ? phase : nextBehindExtension(octet);
    case EXTENSION_VALUE_START:
      if (blank) return phase;
      if (octet === QUOTE) return EXTENSION_QUOTED;
      return TOKEN[octet] === 0 ? REFUSED : EXTENSION_VALUE;
    case EXTENSION_VALUE:
      if (TOKEN[octet] !== 0) return phase;
      return blank ? EXTENSION_END : nextBehindExtension(octet);
    case EXTENSION_QUOTED:
      if (octet === QUOTE) return EXTENSION_END;
      if (octet === BACKSLASH) return EXTENSION_QUOTED_PAIR;
      return FIELD_VALUE[octet] === 0 ? REFUSED : phase;
    case EXTENSION_QUOTED_PAIR:
      return FIELD_VALUE[octet] === 0 ? REFUSED : EXTENSION_QUOTED;
    default:
      return blank ? phase : nextBehindExtension(octet);
  }
}

function nextBehindExtension(octet: number): number {
  if (octet === SEMICOLON) return EXTENSION_START;
  return octet === CR ? SIZE_LF : REFUSED;
}
