import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { MissingMemberError } from '../errors/missing-member-error.ts';
import { type AcceptItem, parseAcceptItems } from './accept-items.ts';
import { StructuredHeader } from './structured-header.ts';

/** What an `Accept` can be made of: values with their qualities, or another `Accept`. */
export type AcceptInit = Iterable<AcceptItem>;

/** The most that are sorted by insertion: clients send few, and send them nearly in order. */
const FEW = 32;

/**
 * What a client accepts, as in `Accept-Encoding` (RFC 9110 section 12.5): values with a quality from
 * 0 to 1. It cannot be changed. The most specific values come first, among those the ones with the
 * highest quality, and among those the order is that of the header.
 */
export class Accept extends StructuredHeader implements Iterable<AcceptItem> {
  readonly #items: readonly AcceptItem[];

  /** Whether there was a header at all, even an empty list. */
  readonly provided: boolean;

  /** @throws InvalidHeaderError when a quality is not from 0 to 1. */
  constructor(items?: AcceptInit | null) {
    super();
    this.provided = items instanceof Accept ? items.provided : items != null;
    this.#items = items ? this.#sorted(items) : [];
  }

  /** Parses a header; an item whose quality is malformed is left out. */
  static fromHeader<A extends Accept>(
    this: new (
      items?: AcceptInit | null,
    ) => A,
    header: string | null | undefined,
  ): A {
    return new this(header ? parseAcceptItems(header) : null);
  }

  /**
   * How specific a value is: the higher, the earlier it comes. A subclass for another header
   * overrides this and `valueMatches`.
   */
  specificity(value: string): number {
    return value === '*' ? 0 : 1;
  }

  /** Whether `value`, of the application, is what `item`, of the client, stands for. */
  valueMatches(value: string, item: string): boolean {
    return item === '*' || equalsIgnoringCase(value, item);
  }

  /** How many items there are. */
  get length(): number {
    return this.#items.length;
  }

  /** The item at a position; a negative one counts from the end. */
  at(index: number): AcceptItem | undefined {
    return this.#items.at(index);
  }

  [Symbol.iterator](): IterableIterator<AcceptItem> {
    return this.#items.values();
  }

  /** The values without their qualities. */
  *values(): IterableIterator<string> {
    for (const [value] of this.#items) yield value;
  }

  /** The position of the first item that matches a value, or -1. */
  find(value: string): number {
    const items = this.#items;
    for (let index = 0; index < items.length; index++) {
      if (this.valueMatches(value, items[index]![0])) return index;
    }
    return -1;
  }

  /**
   * The position of the first item that matches a value.
   *
   * @throws MissingMemberError when there is none.
   */
  index(value: string): number {
    const index = this.find(value);
    if (index < 0) throw new MissingMemberError(value, this.toHeader());
    return index;
  }

  /** Whether an item matches a value, be it with the quality 0. */
  has(value: string): boolean {
    return this.find(value) >= 0;
  }

  /** The quality of a value; 0 when the client does not accept it. */
  quality(value: string): number {
    return this.#items[this.find(value)]?.[1] ?? 0;
  }

  /** The value that comes first; null when there is none. */
  get best(): string | null {
    return this.#items[0]?.[0] ?? null;
  }

  /**
   * The one of your values that the client likes best; of several, the one it named more
   * specifically, and of those the first. A value with the quality 0 is never chosen.
   *
   * @param defaultValue what to give when the client accepts none. Default: null.
   */
  bestMatch<const V extends string>(matches: Iterable<V>): V | null;
  bestMatch<const V extends string, D>(matches: Iterable<V>, defaultValue: D): V | D;
  bestMatch(matches: Iterable<string>, defaultValue: unknown = null): unknown {
    let best = defaultValue;
    let bestQuality = 0;
    let bestSpecificity = -1;
    for (const value of matches) {
      const item = this.#items[this.find(value)];
      if (!item || item[1] === 0 || item[1] < bestQuality) continue;
      const specificity = this.specificity(item[0]);
      if (item[1] === bestQuality && specificity <= bestSpecificity) continue;
      best = value;
      bestQuality = item[1];
      bestSpecificity = specificity;
    }
    return best;
  }

  /** The header's value. */
  override toHeader(): string {
    return this.#items
      .map(([value, quality]) => (quality === 1 ? value : `${value};q=${dumpQuality(quality)}`))
      .join(',');
  }

  /** The items, for JSON. */
  toJSON(): readonly AcceptItem[] {
    return this.#items;
  }

  #sorted(init: AcceptInit): AcceptItem[] {
    const items = Array.isArray(init) ? (init as AcceptItem[]) : [...init];
    if (items.length > FEW) return this.#sortMany(items);
    const sorted: AcceptItem[] = [];
    const ranks: number[] = [];
    for (const item of items) {
      checkQuality(item);
      const rank = this.specificity(item[0]);
      let index = sorted.length;
      while (index > 0 && isBefore(rank, item[1], ranks[index - 1]!, sorted[index - 1]![1])) {
        sorted[index] = sorted[index - 1]!;
        ranks[index] = ranks[index - 1]!;
        index--;
      }
      sorted[index] = item;
      ranks[index] = rank;
    }
    return sorted;
  }

  #sortMany(items: readonly AcceptItem[]): AcceptItem[] {
    const ranked = items.map((item) => {
      checkQuality(item);
      return { item, rank: this.specificity(item[0]) };
    });
    ranked.sort((one, other) => other.rank - one.rank || other.item[1] - one.item[1]);
    return ranked.map(({ item }) => item);
  }
}

/** Whether texts are the same but for the case of ASCII letters. */
export function equalsIgnoringCase(one: string, other: string): boolean {
  if (one === other) return true;
  return one.length === other.length && one.toLowerCase() === other.toLowerCase();
}

function isBefore(rank: number, quality: number, otherRank: number, otherQuality: number): boolean {
  return rank > otherRank || (rank === otherRank && quality > otherQuality);
}

function checkQuality([value, quality]: AcceptItem): void {
  if (quality >= 0 && quality <= 1) return;
  throw new InvalidHeaderError(
    `The quality of ${JSON.stringify(value)} is ${quality}. Use a number from 0 to 1.`,
  );
}

/** Qualities have three decimals at most (RFC 9110 section 12.4.2). */
function dumpQuality(quality: number): string {
  return String(Math.round(quality * 1000) / 1000);
}
