import { FieldName, fieldName, isName } from './field-names.ts';
import { skipFieldValue, wordsOf } from './field-value.ts';
import { COLON, CR, FIELD_VALUE, HTAB, LF, SP, TOKEN } from './octets.ts';
import * as refusals from './refusals.ts';

/** Lines found at a time; a section with more is taken in turns. */
const CAPACITY = 64;
/** Octets of a value up to which words are not worth their view of the buffer. */
const SHORT_VALUE = 16;

/** Stands before the first line of a section, for the name that it mostly begins with. */
const BEGINNING = new FieldName('', 0);

/**
 * Finds the field lines of a section (RFC 9112 section 5), and judges each for itself. Finding comes
 * before taking so that one string can be made of all of them. One object does for every head.
 */
export class FieldLines {
  /** Lines found by the last `find()`; of each of them, by index: */
  count = 0;
  readonly names: FieldName[] = new Array<FieldName>(CAPACITY).fill(BEGINNING);
  /** Where its value begins, without the blanks around it. */
  readonly valueStarts: Int32Array = new Int32Array(CAPACITY);
  readonly valueEnds: Int32Array = new Int32Array(CAPACITY);
  /** The empty line was there: the section is complete. */
  complete = false;
  /** What is wrong with the line behind those found. */
  refusal: refusals.Refusal | null = null;

  /** There may be more complete lines than there was room for. */
  get more(): boolean {
    return this.count === CAPACITY && !this.complete && this.refusal === null;
  }

  /**
   * Finds the complete lines from `start` on; every octet of theirs is looked at once.
   *
   * @param room octets that the lines may have.
   * @param limit lines there may be.
   * @returns where the unconsumed octets begin: behind the section, or at a line.
   */
  find(octets: Buffer, start: number, end: number, room: number, limit: number): number {
    const { names, valueStarts, valueEnds } = this;
    const token = TOKEN;
    const legal = FIELD_VALUE;
    let words: Int32Array | null = null;
    let previous = BEGINNING;
    let at = start;
    this.count = 0;
    this.complete = false;
    this.refusal = null;
    while (at < end && this.count < CAPACITY) {
      const lineStart = at;
      if (octets[at] === CR) {
        if (at + 1 === end) return lineStart;
        if (octets[at + 1] !== LF) return this.#stop(refusals.BAD_FIELD_NAME, at);
        this.complete = true;
        return at + 2;
      }

      let name = previous.next;
      if (name !== null && isNext(name, octets, at, end)) at += name.octets.length;
      else {
        name = null;
        while (at < end && token[octets[at]!] !== 0) at++;
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
      const near = Math.min(at + SHORT_VALUE, end);
      while (at < near && legal[octets[at]!] !== 0) at++;
      if (at === near && at < end) {
        words ??= wordsOf(octets);
        at = skipFieldValue(octets, words, at, end);
      }
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

      const index = this.count;
      if (index === limit) return this.#stop(refusals.HEADER_TOO_LARGE, at);
      if (name === null) {
        name = fieldName(octets, lineStart, nameEnd);
        if (name.lastHead >= 0) previous.next = name;
      }
      if (name.lastHead >= 0) previous = name;
      names[index] = name;
      valueStarts[index] = valueStart;
      valueEnds[index] = valueEnd;
      this.count = index + 1;
    }
    return at;
  }

  #stop(refusal: refusals.Refusal, at: number): number {
    this.refusal = refusal;
    return at;
  }
}

/** Whether the line at `at` has the name that is expected there. */
function isNext(name: FieldName, octets: Buffer, at: number, end: number): boolean {
  const nameEnd = at + name.octets.length;
  return nameEnd < end && octets[nameEnd] === COLON && isName(name, octets, at);
}
