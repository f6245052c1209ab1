import type { HeaderField } from '@werkstatt/core';
import {
  CR,
  FIELD_VALUE,
  HEX_VALUE,
  HTAB,
  LF,
  SEMICOLON,
  SP,
  TOKEN,
  trimBlanks,
} from './octets.ts';
import * as refusals from './refusals.ts';

// Where the decoder stands in `chunked-body` (RFC 9112 section 7.1).
const SIZE_START = 0;
const SIZE = 1;
const SIZE_BWS = 2;
const EXTENSION_START = 3;
const EXTENSION = 4;
const SIZE_LF = 5;
const DATA = 6;
const DATA_CR = 7;
const DATA_LF = 8;
const TRAILER = 9;
const COMPLETE = 10;
const REFUSED = 11;

/** Pieces of data under this many octets are moved together, so that tiny chunks cost little. */
const SMALL_PIECE = 1024;
/** Octets of extensions and leading zeros that a body may have beyond its data. */
const EXTENSION_ALLOWANCE = 16_384;

const TRAILER_LINE = /^([!#$%&'*+\-.^_`|~\w]+):([\t\x20-\x7e\x80-\xff]*)$/;
/** Fields that would frame or route the message, had they stood in its head (RFC 9110 section 6.5.1). */
const HEAD_ONLY = /^(?:content-length|transfer-encoding|host)$/i;

export interface TrailerLimits {
  readonly maxHeaderSize: number;
  readonly maxHeaderCount: number;
}

/**
 * Decodes the chunked transfer coding (RFC 9112 section 7.1), octets in, data out. Strict: lines end
 * with CRLF, sizes are hexadecimal digits, extensions are read past and limited in total.
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
      case EXTENSION_START:
        if (TOKEN[octet] !== 0) this.#phase = EXTENSION;
        else if (octet !== SP && octet !== HTAB) this.#refuse();
        return this.#countExtension();
      case EXTENSION:
        if (octet === CR) this.#phase = SIZE_LF;
        else if (FIELD_VALUE[octet] === 0) this.#refuse();
        return this.#countExtension();
      case SIZE_LF:
        if (octet !== LF) return this.#refuse();
        this.#phase = this.#remaining === 0 ? TRAILER : DATA;
        return;
      case DATA_CR:
        if (octet !== CR) return this.#refuse();
        this.#phase = DATA_LF;
        return;
      default:
        if (octet !== LF) return this.#refuse();
        this.#phase = SIZE_START;
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
