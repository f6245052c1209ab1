import { BadRequest } from '@werkstatt/core';
import { NO_BYTES } from '../values/bytes.ts';
import { DelimiterSearch } from './delimiter-search.ts';

/**
 * What an octet makes of a line: it goes on, it is text like any other, another part follows, or it
 * was the last. `'part-before'` is `'part'`, but the octet is the first one behind the line.
 */
export type LineVerdict = 'more' | 'no' | 'part' | 'part-before' | 'close';

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const SPACE = 0x20;
const TAB = 0x09;

/** Where the boundary's first dash stands in a line: behind the longest newline. */
const NEWLINE_END = 2;

/**
 * How many blanks may follow a boundary. Padding is for gateways to mail; nobody sends any. What is
 * longer is refused: it can be taken for a delimiter or for content, and whoever looked at the body
 * before may have taken it for the other.
 */
const MAX_PADDING = 64;

/**
 * A line that delimits parts (RFC 2046 section 5.1.1), recognised octet by octet: a newline, two
 * dashes, the boundary; then two dashes, or blanks and a newline. It remembers what it has taken, so
 * that a line can go on in the next chunk, or turn out to be content.
 *
 * The newline that ends the first such line holds for the whole body: CR LF, or LF or CR alone, which
 * some clients write. In the data of a part, a newline of another kind is content. Were each line
 * taken with any newline, one parser could cut a file where the next one doesn't.
 *
 * A newline's first octet can't come again in a delimiter, so no line can begin within another one:
 * where an octet does not fit, the search goes on at that octet.
 */
export class DelimiterLine {
  /** A newline that ends at `NEWLINE_END`, two dashes and the boundary, and room for the rest. */
  readonly #line: Uint8Array;
  readonly #boundaryEnd: number;
  /** Where what was taken begins in the line. */
  #start = NEWLINE_END;
  /** Where it ends. */
  #end = NEWLINE_END;
  #begun = true;
  #bound: BoundNewline | undefined;

  /** A line that begins with the body, without a newline. */
  constructor(boundary: Uint8Array) {
    this.#boundaryEnd = NEWLINE_END + 2 + boundary.length;
    this.#line = new Uint8Array(this.#boundaryEnd + MAX_PADDING + 2);
    this.#line.fill(DASH, NEWLINE_END, NEWLINE_END + 2);
    this.#line.set(boundary, NEWLINE_END + 2);
  }

  /** Whether a line has begun, and may go on with the next octet. */
  get begun(): boolean {
    return this.#begun;
  }

  /** What the newline of the first line settled. Before that line has ended, there is nothing. */
  get bound(): BoundNewline {
    return this.#bound!;
  }

  /** Begins with the octets behind a newline that belongs to something else. */
  beginAfterNewline(): void {
    this.#begin(NEWLINE_END, NEWLINE_END);
  }

  /** Begins with as many octets of the delimiter as were found. */
  beginWith(length: number): void {
    const start = NEWLINE_END - this.bound.newline.length;
    this.#begin(start, start + length);
  }

  #begin(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
    this.#begun = true;
  }

  /** Gives up a line that is none. */
  drop(): void {
    this.#begun = false;
  }

  /** Gives up a line that is none, and returns a copy of what was taken for one. */
  release(): Uint8Array {
    this.#begun = false;
    return this.#start === this.#end ? NO_BYTES : this.#line.slice(this.#start, this.#end);
  }

  /** Takes an octet. After anything but `'more'`, the line has to begin anew or be given up. */
  take(octet: number): LineVerdict {
    if (!this.#begun) return this.#takeLineBreak(octet);
    if (this.#end < this.#boundaryEnd) return this.#takeDelimiter(octet);
    return this.#bound ? this.#takeRest(octet) : this.#takeFirstRest(octet);
  }

  /** In the preamble any newline can begin a line. */
  #takeLineBreak(octet: number): LineVerdict {
    if (octet !== CR && octet !== LF) return 'no';
    this.#begin(NEWLINE_END - 1, NEWLINE_END - 1);
    return this.#keep(octet);
  }

  #takeDelimiter(octet: number): LineVerdict {
    if (octet === this.#line[this.#end]) return this.#keep(octet);
    const isSecond = this.#end === NEWLINE_END && this.#start === NEWLINE_END - 1;
    if (this.#bound || !isSecond || octet !== LF || this.#line[this.#start] !== CR) return 'no';
    this.#start = 0;
    this.#line[0] = CR;
    this.#line[1] = LF;
    return 'more';
  }

  /** Takes what follows the boundary, with the newline of this body. */
  #takeRest(octet: number): LineVerdict {
    const { newline } = this.bound;
    if (this.#afterCR()) return octet === LF ? this.#finish('part') : 'no';
    if (octet !== newline[0] || this.#afterDash()) return this.#takeDashOrBlank(octet);
    return newline.length === 1 ? this.#finish('part') : this.#keep(octet);
  }

  /** Takes what follows the boundary of the first line, whose newline can be any. */
  #takeFirstRest(octet: number): LineVerdict {
    if (this.#afterCR()) {
      this.#bind(octet === LF ? [CR, LF] : [CR]);
      return this.#finish(octet === LF ? 'part' : 'part-before');
    }
    if (octet === LF && !this.#afterDash()) {
      this.#bind([LF]);
      return this.#finish('part');
    }
    if (octet === CR && !this.#afterDash()) return this.#keep(octet);
    return this.#takeDashOrBlank(octet);
  }

  #takeDashOrBlank(octet: number): LineVerdict {
    const taken = this.#end - this.#boundaryEnd;
    if (this.#afterDash()) return octet === DASH ? this.#finish('close') : 'no';
    if (octet === DASH && taken === 0) return this.#keep(octet);
    if (octet !== SPACE && octet !== TAB) return 'no';
    if (taken < MAX_PADDING) return this.#keep(octet);
    throw new BadRequest(
      `The form data has more than ${MAX_PADDING} blanks behind a boundary. ` +
        'End the line right after the boundary.',
    );
  }

  /** Whether the last octet was a dash behind the boundary. */
  #afterDash(): boolean {
    return this.#end > this.#boundaryEnd && this.#line[this.#end - 1] === DASH;
  }

  /** Whether the last octet was a CR, which in a line is behind the boundary. */
  #afterCR(): boolean {
    return this.#line[this.#end - 1] === CR;
  }

  #keep(octet: number): LineVerdict {
    this.#line[this.#end++] = octet;
    return 'more';
  }

  #finish(verdict: LineVerdict): LineVerdict {
    this.#begun = false;
    return verdict;
  }

  #bind(octets: readonly number[]): void {
    const newline = Uint8Array.from(octets);
    const start = NEWLINE_END - newline.length;
    this.#line.set(newline, start);
    this.#bound = new BoundNewline(newline, this.#line.slice(start, this.#boundaryEnd));
  }
}

/** The newline of a body, and what follows from it. */
class BoundNewline {
  readonly newline: Uint8Array;
  /** The newline as a text. */
  readonly text: string;
  /** How long a newline, two dashes and the boundary are. */
  readonly delimiterLength: number;
  /** Finds them. */
  readonly search: DelimiterSearch;

  constructor(newline: Uint8Array, delimiter: Uint8Array) {
    this.newline = newline;
    this.text = String.fromCharCode(...newline);
    this.delimiterLength = delimiter.length;
    this.search = new DelimiterSearch(delimiter);
  }
}
