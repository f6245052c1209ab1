import { ArgumentError, BadRequest, RequestEntityTooLarge } from '@werkstatt/core';
import { NO_BYTES } from '../values/bytes.ts';
import { receivedBoundary } from './boundary.ts';
import { Content } from './decoded-events.ts';
import { keepSample } from './decoder-sample.ts';
import { DelimiterLine, type LineVerdict } from './delimiter-line.ts';
import { HeaderBlock } from './header-block.ts';
import type { MultipartEvent } from './multipart-events.ts';
import {
  type MultipartDecoderOptions,
  type MultipartLimits,
  multipartLimits,
} from './multipart-limits.ts';
import { parsePartHead } from './part-head.ts';

type State = 'preamble' | 'head' | 'data' | 'close' | 'close-cr' | 'epilogue' | 'complete';

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Decodes `multipart/form-data` (RFC 7578): octets in, events out. It neither reads nor waits, and
 * keeps no more between two chunks than a delimiter or the header of a part.
 *
 * ```ts
 * const decoder = new MultipartDecoder(boundary);
 * for await (const chunk of body) {
 *   decoder.receiveData(chunk);
 *   for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) handle(event);
 * }
 * decoder.receiveData(null);
 * for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) handle(event);
 * ```
 */
export class MultipartDecoder {
  readonly #limits: MultipartLimits;
  readonly #line: DelimiterLine;
  readonly #header: HeaderBlock;
  #state: State = 'preamble';
  /** What is being decoded, and how far that is done. */
  #chunk: Uint8Array = NO_BYTES;
  #at = 0;
  /** Chunks that came before the events of the one before were taken. */
  #waiting: Uint8Array[] = [];
  #nextWaiting = 0;
  #ended = false;
  #failure: unknown;
  #parts = 0;
  #inField = false;
  #formMemory = 0;

  /**
   * @param boundary the parameter of the content type.
   * @throws BadRequest when that is no boundary.
   * @throws ArgumentError when an option is no limit.
   */
  constructor(boundary: string, options: MultipartDecoderOptions = {}) {
    keepSample(MultipartDecoder);
    this.#limits = multipartLimits(options);
    this.#line = new DelimiterLine(receivedBoundary(boundary));
    this.#header = new HeaderBlock(this.#limits.maxPartHeaderSize);
  }

  /**
   * Takes a chunk of the body, or `null` at its end. Events have views of the chunk: it must not be
   * written to as long as those are used.
   *
   * @throws ArgumentError when the body has ended before.
   */
  receiveData(bytes: Uint8Array | null): void {
    if (this.#ended) throw new ArgumentError('There is no data behind the end of a body.');
    if (bytes === null) {
      this.#ended = true;
    } else if (this.#at < this.#chunk.length || this.#waiting.length > 0) {
      this.#waiting.push(bytes);
    } else {
      this.#chunk = bytes;
      this.#at = 0;
    }
  }

  /**
   * The next event; `null` when that needs more data, and after the last one. Once it has thrown, it
   * throws the same error again.
   *
   * @throws BadRequest when the body is malformed, or has ended before its last delimiter.
   * @throws RequestEntityTooLarge when it exceeds a limit.
   */
  nextEvent(): MultipartEvent | null {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#next();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  #next(): MultipartEvent | null {
    for (;;) {
      while (this.#at < this.#chunk.length) {
        const event = this.#step();
        if (event) return event;
      }
      if (!this.#nextChunk()) return this.#ended ? this.#finish() : null;
    }
  }

  #nextChunk(): boolean {
    if (this.#nextWaiting === this.#waiting.length) return false;
    this.#chunk = this.#waiting[this.#nextWaiting++]!;
    this.#at = 0;
    if (this.#nextWaiting === this.#waiting.length) {
      this.#waiting = [];
      this.#nextWaiting = 0;
    }
    return true;
  }

  /** Decodes some octets. Without an event, it is to be called again as long as there are any. */
  #step(): MultipartEvent | null {
    switch (this.#state) {
      case 'data':
        return this.#line.begun ? this.#continueLine() : this.#searchDelimiter();
      case 'head':
        return this.#takeHead();
      case 'preamble':
        return this.#line.begun ? this.#continueLine() : this.#searchFirstLine();
      case 'close':
      case 'close-cr':
        return this.#skipRestOfClose();
      default:
        return this.#takeEpilogue();
    }
  }

  /** Goes on with a line that began with the last octets of a chunk, or right behind a header. */
  #continueLine(): MultipartEvent | null {
    const verdict = this.#takeLine();
    if (verdict === 'no') {
      const content = this.#line.release();
      return content.length > 0 ? this.#content(content, true) : null;
    }
    return this.#endContent(NO_BYTES, verdict);
  }

  #takeLine(): LineVerdict {
    const chunk = this.#chunk;
    while (this.#at < chunk.length) {
      const verdict = this.#line.take(chunk[this.#at]!);
      if (verdict === 'no' || verdict === 'part-before') return verdict;
      this.#at++;
      if (verdict !== 'more') return verdict;
    }
    return 'more';
  }

  /** Content up to the next delimiter, or to the end of the chunk. */
  #searchDelimiter(): MultipartEvent | null {
    const chunk = this.#chunk;
    const start = this.#at;
    const { search, delimiterLength } = this.#line.bound;
    let from = start;
    for (;;) {
      const found = search.find(chunk, from);
      if (found < 0) break;
      this.#at = found + delimiterLength;
      this.#line.beginWith(delimiterLength);
      const verdict = this.#takeLine();
      if (verdict !== 'no') return this.#endContent(this.#view(start, found), verdict);
      this.#line.drop();
      from = this.#at;
    }
    this.#at = chunk.length;
    const end = search.findCut(chunk, from);
    if (end < chunk.length) this.#line.beginWith(chunk.length - end);
    return end > start ? this.#content(this.#view(start, end), true) : null;
  }

  /** A part of the chunk; the chunk itself when that is all of it, as it is within a large file. */
  #view(start: number, end: number): Uint8Array {
    const chunk = this.#chunk;
    return start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end);
  }

  /** The preamble up to the first delimiter, whose newline can be any. */
  #searchFirstLine(): MultipartEvent | null {
    const chunk = this.#chunk;
    const start = this.#at;
    let lineStart = start;
    while (this.#at < chunk.length) {
      if (!this.#line.begun) lineStart = this.#at;
      const verdict = this.#takeLine();
      if (verdict !== 'no') return this.#endContent(chunk.subarray(start, lineStart), verdict);
      if (this.#line.begun) this.#line.drop();
      else this.#at++;
    }
    return this.#content(chunk.subarray(start), true);
  }

  /** The event of content before a line that came to an end, or to the end of the chunk. */
  #endContent(content: Uint8Array, verdict: LineVerdict): MultipartEvent | null {
    if (verdict === 'more') return content.length > 0 ? this.#content(content, true) : null;
    const event = this.#content(content, false);
    this.#state = verdict === 'close' ? 'close' : 'head';
    return event;
  }

  #content(data: Uint8Array, moreData: boolean): MultipartEvent {
    if (this.#state === 'preamble') return new Content('preamble', data, moreData);
    if (this.#inField) this.#countMemory(data.length);
    return new Content('data', data, moreData);
  }

  #countMemory(length: number): void {
    this.#formMemory += length;
    if (this.#formMemory > this.#limits.maxFormMemorySize) {
      throw new RequestEntityTooLarge(
        `The fields of the form have more than ${this.#limits.maxFormMemorySize} bytes.`,
      );
    }
  }

  #takeHead(): MultipartEvent | null {
    if (this.#parts >= this.#limits.maxParts) {
      throw new RequestEntityTooLarge(`The form has more than ${this.#limits.maxParts} parts.`);
    }
    const end = this.#header.take(this.#chunk, this.#at, this.#line.bound.newline);
    if (end < 0) {
      this.#at = this.#chunk.length;
      return null;
    }
    this.#at = end;
    const event = parsePartHead(
      this.#header.text,
      this.#line.bound.text,
      this.#limits.maxPartHeaders,
    );
    this.#parts++;
    this.#inField = event.type === 'field';
    this.#state = 'data';
    // A delimiter can follow at once: the newline of the empty line is then its newline as well.
    this.#line.beginAfterNewline();
    return event;
  }

  /** Skips the blanks and the newline, of any kind, behind the last delimiter. */
  #skipRestOfClose(): null {
    const octet = this.#chunk[this.#at];
    if (this.#state === 'close' && (octet === SPACE || octet === TAB)) {
      this.#at++;
    } else if (this.#state === 'close' && octet === CR) {
      this.#at++;
      this.#state = 'close-cr';
    } else {
      if (octet === LF) this.#at++;
      this.#state = 'epilogue';
    }
    return null;
  }

  #takeEpilogue(): MultipartEvent {
    const data = this.#chunk.subarray(this.#at);
    this.#at = this.#chunk.length;
    return new Content('epilogue', data, true);
  }

  #finish(): MultipartEvent | null {
    if (this.#state === 'complete') return null;
    if (this.#state !== 'epilogue' && this.#state !== 'close' && this.#state !== 'close-cr') {
      throw new BadRequest('The form data has ended before its last boundary.');
    }
    this.#state = 'complete';
    return new Content('epilogue', NO_BYTES, false);
  }
}
