import { isBlank, skipBlanks, trimBlanks } from '../http/blanks.ts';
import { isWeakAt, quoteEtag, unquoteEtag } from '../http/etag.ts';
import { StructuredHeader } from './structured-header.ts';

const NONE: readonly string[] = [];
const QUOTE = 0x22;
const COMMA = 0x2c;

/** What of an `ETags` is not strong tags. */
export interface ETagsOptions {
  /** The weak tags. */
  weak?: Iterable<string> | undefined;
  /** Makes the header `*`, which leaves the strong tags out, for they are among all. */
  starTag?: boolean | undefined;
}

/**
 * The entity tags of `If-Match` and `If-None-Match` (RFC 9110 sections 13.1.1 and 13.1.2). It cannot
 * be changed. Tags stand here without quotes, and iterating gives the strong ones.
 */
export class ETags extends StructuredHeader implements Iterable<string> {
  /** Lists, for nearly every header has one tag, and a set costs more than it saves then. */
  readonly #strong: readonly string[];
  readonly #weak: readonly string[];
  /** Whether the header is `*`: whatever there is, as long as there is something. */
  readonly starTag: boolean;

  constructor(strong: Iterable<string> = NONE, options: ETagsOptions = {}) {
    super();
    const { weak, starTag = false } = options;
    this.#strong = starTag ? NONE : listOf(strong);
    this.#weak = weak ? listOf(weak) : NONE;
    this.starTag = starTag;
  }

  /** Parses a header; a tag without quotes counts as a strong one. */
  static fromHeader(header: string | null | undefined): ETags {
    const strong: string[] = [];
    const weak: string[] = [];
    if (!header) return new ETags();
    for (let index = skipToTag(header, 0); index < header.length; ) {
      const isWeak = isWeakAt(header, index);
      const start = isWeak ? index + 2 : index;
      const close = closingQuote(header, start);
      index = close < 0 ? endOfBare(header, start) : close;
      const tag =
        close < 0 ? trimBlanks(header.slice(start, index)) : header.slice(start + 1, close);
      if (tag === '*' && close < 0) return new ETags(NONE, { starTag: true });
      (isWeak ? weak : strong).push(tag);
      index = skipToTag(header, close < 0 ? index : close + 1);
    }
    return new ETags(strong, { weak });
  }

  /** The strong tags. */
  get strong(): ReadonlySet<string> {
    return new Set(this.#strong);
  }

  /** The weak tags. */
  get weak(): ReadonlySet<string> {
    return new Set(this.#weak);
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.strong.values();
  }

  /** Whether there is neither a tag nor the star. */
  get isEmpty(): boolean {
    return !this.starTag && this.#strong.length === 0 && this.#weak.length === 0;
  }

  /** The strong tags as a new set, with `includeWeak` the weak ones as well. */
  asSet(includeWeak: boolean = false): Set<string> {
    return new Set(includeWeak ? [...this.strong, ...this.weak] : this.strong);
  }

  /** Whether a tag is among the weak ones. */
  isWeak(tag: string): boolean {
    return this.#weak.includes(tag);
  }

  /** Whether a tag is among the strong ones; the star alone does not make it one. */
  isStrong(tag: string): boolean {
    return this.#strong.includes(tag);
  }

  /** Whether a tag matches in the strong comparison (RFC 9110 section 8.8.3.2). */
  contains(tag: string): boolean {
    return this.starTag || this.#strong.includes(tag);
  }

  /** The same as `contains`, under the name that `Set` has for it. */
  has(tag: string): boolean {
    return this.contains(tag);
  }

  /** Whether a tag matches in the weak comparison (RFC 9110 section 8.8.3.2). */
  containsWeak(tag: string): boolean {
    return this.contains(tag) || this.#weak.includes(tag);
  }

  /** Whether a tag in quotes is there: a weak one in the weak comparison, others in the strong. */
  containsRaw(etag: string): boolean {
    const [tag, weak] = unquoteEtag(etag);
    if (tag === null) return false;
    return weak ? this.containsWeak(tag) : this.contains(tag);
  }

  /**
   * The header's value.
   *
   * @throws InvalidHeaderError when a tag has a quote in it.
   */
  override toHeader(): string {
    if (this.starTag) return '*';
    const strong = Array.from(this.strong, (tag) => quoteEtag(tag));
    const weak = Array.from(this.weak, (tag) => quoteEtag(tag, { weak: true }));
    return [...strong, ...weak].join(', ');
  }
}

function listOf(tags: Iterable<string>): readonly string[] {
  return Array.isArray(tags) ? tags.slice() : [...tags];
}

/** The index of the next character that is neither a blank nor a comma. */
function skipToTag(header: string, index: number): number {
  for (;;) {
    const unit = header.charCodeAt(index);
    if (!isBlank(unit) && unit !== COMMA) return index;
    index++;
  }
}

/** Where the quoted tag at `start` ends: a quote that nothing but a comma follows, or -1. */
function closingQuote(header: string, start: number): number {
  const close = header.charCodeAt(start) === QUOTE ? header.indexOf('"', start + 1) : -1;
  if (close < 0) return -1;
  const next = skipBlanks(header, close + 1);
  return next === header.length || header.charCodeAt(next) === COMMA ? close : -1;
}

function endOfBare(header: string, start: number): number {
  const comma = header.indexOf(',', start);
  return comma < 0 ? header.length : comma;
}
