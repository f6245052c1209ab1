import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from '../http/blanks.ts';
import { isToken } from '../http/header-field.ts';
import { isByteRangeValid } from '../http/is-byte-range-valid.ts';
import { parseDigits } from '../http/plain-number.ts';
import type { OnUpdate } from './callback-dict.ts';
import { StructuredHeader } from './structured-header.ts';

/** The parts of a `Content-Range`. */
export interface ContentRangeInit {
  /** Of what the range is; null for no header at all. */
  units: string | null;
  /** The first unit; null when the range that was asked for does not exist. */
  start?: number | null | undefined;
  /** The unit after the last. */
  stop?: number | null | undefined;
  /** How many units there are in all; null when that is not known. */
  length?: number | null | undefined;
}

const BLANK = /[ \t]/;

/** Which part of a whole a response has: `Content-Range` (RFC 9110 section 14.4). */
export class ContentRange extends StructuredHeader {
  #units: string | null = null;
  #start: number | null = null;
  #stop: number | null = null;
  #length: number | null = null;
  readonly #onUpdate: OnUpdate<ContentRange> | undefined;

  /**
   * @param onUpdate is called after every change.
   * @throws InvalidHeaderError when the range makes no sense.
   */
  constructor(init: ContentRangeInit, onUpdate?: OnUpdate<ContentRange>) {
    super();
    this.#assign(init);
    this.#onUpdate = onUpdate;
  }

  /** Parses a header. Null: it is missing or malformed. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<ContentRange>,
  ): ContentRange | null {
    const init = header ? parseParts(trimBlanks(header)) : null;
    return init && new ContentRange(init, onUpdate);
  }

  /** Of what the range is; null when there is no header. */
  get units(): string | null {
    return this.#units;
  }

  set units(units: string | null) {
    this.#change({ ...this.#parts, units });
  }

  /** The first unit; null when the range that was asked for does not exist. */
  get start(): number | null {
    return this.#start;
  }

  /** The unit after the last. */
  get stop(): number | null {
    return this.#stop;
  }

  /** How many units there are in all; null when that is not known. */
  get length(): number | null {
    return this.#length;
  }

  set length(length: number | null) {
    this.#change({ ...this.#parts, length });
  }

  /** Whether there is no header: it was unset. */
  get isEmpty(): boolean {
    return this.#units === null;
  }

  /**
   * Sets the range.
   *
   * @param length default: not known.
   * @param units default: `'bytes'`.
   * @throws InvalidHeaderError when the range makes no sense; then nothing changes.
   */
  set(
    start: number | null,
    stop: number | null,
    length: number | null = null,
    units: string | null = 'bytes',
  ): void {
    this.#change({ units, start, stop, length });
  }

  /** Takes the header away. */
  unset(): void {
    this.#change({ units: null });
  }

  /** The header's value; `''` when there is none. */
  override toHeader(): string {
    if (this.#units === null) return '';
    const range = this.#start === null ? '*' : `${this.#start}-${this.#stop! - 1}`;
    return `${this.#units} ${range}/${this.#length ?? '*'}`;
  }

  get #parts(): ContentRangeInit {
    return { units: this.#units, start: this.#start, stop: this.#stop, length: this.#length };
  }

  #change(init: ContentRangeInit): void {
    this.#assign(init);
    this.#onUpdate?.(this);
  }

  #assign({ units, start = null, stop = null, length = null }: ContentRangeInit): void {
    const isPossible = [start, stop, length].every((n) => n === null || Number.isSafeInteger(n));
    if (
      (units !== null && !isToken(units)) ||
      !isPossible ||
      !isByteRangeValid(start, stop, length)
    ) {
      throw new InvalidHeaderError(
        `${units} ${start}-${stop}/${length} is no range. Use a unit, a first position and a later ` +
          'end within the length; or null for both, when there is no such range.',
      );
    }
    this.#units = units;
    this.#start = start;
    this.#stop = stop;
    this.#length = length;
  }
}

/** Takes `units start-last/length` apart. */
function parseParts(text: string): ContentRangeInit | null {
  const blank = text.search(BLANK);
  const slash = text.indexOf('/', blank);
  if (blank < 0 || slash < 0) return null;
  const units = text.slice(0, blank);
  const range = trimBlanks(text.slice(blank, slash));
  const total = trimBlanks(text.slice(slash + 1));
  const length = total === '*' ? null : parseDigits(total);
  if (!isToken(units) || (length !== null && length < 0)) return null;
  if (range === '*') return { units, length };
  const dash = range.indexOf('-');
  const start = parseDigits(trimBlanks(range.slice(0, Math.max(dash, 0))));
  const last = parseDigits(trimBlanks(range.slice(dash + 1)));
  if (start < 0 || last < 0 || !isByteRangeValid(start, last + 1, length)) return null;
  return { units, start, stop: last + 1, length };
}
