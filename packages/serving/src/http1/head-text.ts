import { latin1 } from './octets.ts';

/** Octets of a window: some twenty short heads, or two of a browser's. */
const WINDOW = 2048;

/**
 * Octets of heads as one string, of which a head's strings are slices: making one string costs about
 * as much as making a short one, so that pipelined heads share it. One object does for every head.
 */
export class HeadText {
  /** The text, which begins with the octet at `start`. */
  text = '';
  start = 0;
  // What the text is of, while there may be more to read in it: octets that came never change.
  #octets: Buffer | null = null;

  /**
   * Makes the text reach from `start` to `end`.
   *
   * @param last where the octets end that are worth having with it.
   */
  cover(octets: Buffer, start: number, end: number, last: number): void {
    if (octets !== this.#octets || start < this.start || end - this.start > this.text.length) {
      this.text = latin1(octets, start, Math.max(end, Math.min(last, start + WINDOW)));
      this.start = start;
      this.#octets = octets;
    }
    if (end === last) this.#octets = null;
  }
}
