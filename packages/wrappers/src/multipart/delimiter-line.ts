import { BadRequest } from '@werkstatt/core';

/**
 * What an octet makes of a line: it goes on, it is a text like any other, another part follows, or it
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
 * The newline of the first such line holds for the whole body: CR LF, or LF or CR alone, which some
 * clients write. A newline of another kind is content in the data of a part. Were each line taken with
 * any newline, a file with a line of the boundary could be cut by one parser and not by the next.
 *
 * A newline's first octet can't come again in a delimiter, so no line can begin within another one:
 * where an octet does not fit, the search goes on at that octet.
 */
export class DelimiterLine {
  /** A newline that ends at `NEWLINE_END`, two dashes and the boundary, and room for the rest. */
  readonly #line: Uint8Array;
  readonly #boundaryEnd: number;
  /** What was taken stands from here, */
  #start = NEWLINE_END;
  /** to here. */
  #end = NEWLINE_END;
  #begun = true;
  #newline: Uint8Array | undefined;
  #newlineText = '';
  #delimiter: Uint8Array | undefined;

  /** A line that begins with the body, without a newline. */
  constructor(boundary: Uint8Array) {
    this.#boundaryEnd = NEWLINE_END + 2 + boundary.length;
    this.#line = new Uint8Array(this.#boundaryEnd + MAX_PADDING + 2);
    this.#line.fill(DASH, NEWLINE_END);
    this.#line.set(boundary, NEWLINE_END + 2);
  }

  /** Whether a line has begun, and may go on with the next octet. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The newline of this body. Before the first line has ended, there is none. */
  get newline(): Uint8Array {
    return this.#newline!;
  }

  /** The same as a text. */
  get newlineText(): string {
    return this.#newlineText;
  }

  /** A line up to the end of the boundary. Before the first line has ended, there is none. */
  get delimiter(): Uint8Array {
    return this.#delimiter!;
  }

  /** Begins with the octets behind a newline that belongs to something else. */
  beginAfterNewline(): void {
    this.#begin(NEWLINE_END, NEWLINE_END);
  }

  /** Begins with as many octets of the delimiter as were found. */
  beginWith(length: number): void {
    const start = NEWLINE_END - this.newline.length;
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
    this.drop();
    return this.#line.slice(this.#start, this.#end);
  }

  /** Takes an octet. After anything but `'more'`, the line has to begin anew or be released. */
  take(octet: number): LineVerdict {
    if (!this.#begun) return this.#takeLineBreak(octet);
    const end = this.#end;
    if (end >= this.#boundaryEnd) return this.#takeRest(octet);
    if (octet === this.#line[end]) return this.#keep(octet, 'more');
    if (octet === LF && end === NEWLINE_END && this.#isUnboundCR()) return this.#takeSecondBreak();
    return 'no';
  }

  /** In the preamble any newline can begin a line. */
  #takeLineBreak(octet: number): LineVerdict {
    if (octet !== CR && octet !== LF) return 'no';
    this.#begin(NEWLINE_END - 1, NEWLINE_END - 1);
    return this.#keep(octet, 'more');
  }

  #isUnboundCR(): boolean {
    return !this.#newline && this.#start === NEWLINE_END - 1 && this.#line[this.#start] === CR;
  }

  #takeSecondBreak(): LineVerdict {
    this.#start = 0;
    this.#line[0] = CR;
    this.#line[1] = LF;
    return 'more';
  }

  /** Takes what follows the boundary; what came last says where in the line that is. */
  #takeRest(octet: number): LineVerdict {
    const end = this.#end;
    const before = end === this.#boundaryEnd ? SPACE : this.#line[end - 1];
    if (before === CR) {
      if (octet === LF) return this.#endLine(CR, LF);
      if (this.#newline) return 'no';
      this.#endLine(CR);
      return 'part-before';
    }
    if (before === DASH) return octet === DASH ? this.#close() : 'no';
    if (octet === CR) return this.#newline?.length === 1 ? this.#endIn(CR) : this.#keep(CR, 'more');
    if (octet === LF) return this.#newline ? this.#endIn(LF) : this.#endLine(LF);
    if (octet === DASH) return end === this.#boundaryEnd ? this.#keep(DASH, 'more') : 'no';
    if (octet !== SPACE && octet !== TAB) return 'no';
    if (end - this.#boundaryEnd >= MAX_PADDING) {
      throw new BadRequest(
        `The form data has more than ${MAX_PADDING} blanks behind a boundary. ` +
          'End the line right after the boundary.',
      );
    }
    return this.#keep(octet, 'more');
  }

  #keep(octet: number, verdict: LineVerdict): LineVerdict {
    this.#line[this.#end++] = octet;
    return verdict;
  }

  /** Ends the line if an octet is the whole newline of this body. */
  #endIn(octet: number): LineVerdict {
    return this.#newline?.length === 1 && this.#newline[0] === octet ? this.#endLine(octet) : 'no';
  }

  #endLine(...newline: number[]): LineVerdict {
    if (!this.#newline) this.#bind(Uint8Array.from(newline));
    this.#begun = false;
    return 'part';
  }

  #bind(newline: Uint8Array): void {
    const start = NEWLINE_END - newline.length;
    this.#line.set(newline, start);
    this.#newline = newline;
    this.#newlineText = String.fromCharCode(...newline);
    this.#delimiter = this.#line.slice(start, this.#boundaryEnd);
  }

  #close(): LineVerdict {
    this.#begun = false;
    return 'close';
  }
}
