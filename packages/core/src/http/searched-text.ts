import { PairSource } from '../datastructures/pair-source.ts';

/** After as many searches it is cheaper to have parsed the text. */
const MOST_SEARCHES = 4;

/**
 * A text of pairs, as queries and cookies are. Most applications ask for a few of the names, which
 * are searched for in the text; it is parsed as soon as anything else is asked.
 */
export abstract class SearchedText extends PairSource<string> {
  readonly #text: string;
  #searches = 0;
  #parsed: PairSource<string> | undefined;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  /**
   * Finds the first value of a plain name without parsing; linear in the text.
   *
   * @returns `undefined` if it is certain that there is none, and null if only parsing can tell.
   */
  abstract search(text: string, name: string): string | null | undefined;

  /** Parses the whole text. */
  abstract parse(text: string): PairSource<string>;

  override first(name: string): string | undefined {
    if (this.#parsed === undefined && this.#searches < MOST_SEARCHES && isPlain(name)) {
      this.#searches++;
      const value = this.search(this.#text, name);
      if (value !== null) return value;
    }
    return this.#pairs().first(name);
  }

  override lists(): Map<string, string[]> {
    return this.#pairs().lists();
  }

  #pairs(): PairSource<string> {
    this.#parsed ??= this.parse(this.#text);
    return this.#parsed;
  }
}

/** Whether a name means itself wherever it stands in a text of pairs: letters, digits, `-._`. */
function isPlain(name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    const isLetter = (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
    const isDigit = unit >= 0x30 && unit <= 0x39;
    if (!isLetter && !isDigit && unit !== 0x2d && unit !== 0x2e && unit !== 0x5f) return false;
  }
  return name !== '';
}
