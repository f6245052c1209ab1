import { indexOfBytes } from '#platform';

/** So many octets are looked at one by one, which for so few is faster than any other way. */
const NEAR = 64;

/** How many octets a step has to get ahead on average, or the platform searches on. */
const WORTHWHILE = 16;

/** How many steps are made before that is judged. */
const TRIAL = 64;

/**
 * Finds a delimiter in chunks. Its first octet comes once in it: the newline's, for no boundary has
 * one.
 *
 * Within a file it looks at one octet in each stretch as long as the delimiter (Horspool's search):
 * most octets are not in a delimiter, and then it can't begin in that stretch. Content that is made to
 * defeat this gets no further than some steps; the rest is for the platform, in linear time.
 */
export class DelimiterSearch {
  readonly #delimiter: Uint8Array;
  readonly #first: Uint8Array;
  /** How far the delimiter's end can move on when it was expected where an octet is. */
  #steps: Uint8Array | undefined;

  /** @param delimiter at most 255 octets. */
  constructor(delimiter: Uint8Array) {
    this.#delimiter = delimiter;
    this.#first = delimiter.subarray(0, 1);
  }

  /** Where the delimiter stands in `chunk`, at or after `from`; -1 if nowhere. */
  find(chunk: Uint8Array, from: number): number {
    const last = chunk.length - this.#delimiter.length;
    const first = this.#delimiter[0]!;
    // A chunk that begins with data is most likely one of many of a file.
    if (from > 0) {
      const near = Math.min(last, from + NEAR);
      for (; from <= near; from++) {
        if (chunk[from] === first && isAt(chunk, this.#delimiter, from)) return from;
      }
    }
    if (from > last) return -1;
    const start = indexOfBytes(chunk, this.#first, from);
    if (start < 0) return -1;
    if (this.#delimiter.length <= WORTHWHILE) return indexOfBytes(chunk, this.#delimiter, start);
    this.#steps ??= stepsOf(this.#delimiter);
    return findFar(chunk, this.#delimiter, this.#steps, start);
  }

  /**
   * Where a delimiter begins that may go on in the next chunk, at or after `from`; the chunk's length
   * if nowhere.
   */
  findCut(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    const first = this.#delimiter[0];
    const least = Math.max(from, length - this.#delimiter.length + 1);
    for (let start = length - 1; start >= least; start--) {
      if (chunk[start] === first) return isAt(chunk, this.#delimiter, start) ? start : length;
    }
    return length;
  }
}

/**
 * Where the delimiter stands at or after `from`; -1 if nowhere. A function of octets alone, since V8
 * drops the machine code of methods when the last of their objects is collected.
 */
function findFar(
  chunk: Uint8Array,
  delimiter: Uint8Array,
  steps: Uint8Array,
  from: number,
): number {
  const { length } = delimiter;
  const first = delimiter[0];
  const end = chunk.length;
  let left = TRIAL;
  for (let at = from + length - 1; at < end; ) {
    const step = steps[chunk[at]!]!;
    if (step === length) {
      at += length;
      continue;
    }
    const start = at - length + 1;
    if (step === 0 && chunk[start] === first && isAt(chunk, delimiter, start)) return start;
    at += step === 0 ? 1 : step;
    if (--left > 0) continue;
    if (at - from < TRIAL * WORTHWHILE) return indexOfBytes(chunk, delimiter, at - length + 1);
    left = TRIAL;
    from = at;
  }
  return -1;
}

/** Whether the delimiter stands at `start`, as far as the chunk goes. */
function isAt(chunk: Uint8Array, delimiter: Uint8Array, start: number): boolean {
  const length = Math.min(delimiter.length, chunk.length - start);
  for (let index = 1; index < length; index++) {
    if (chunk[start + index] !== delimiter[index]) return false;
  }
  return true;
}

function stepsOf(delimiter: Uint8Array): Uint8Array {
  const { length } = delimiter;
  const steps = new Uint8Array(256).fill(length);
  for (let index = 0; index < length; index++) steps[delimiter[index]!] = length - 1 - index;
  return steps;
}
