import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { isToken } from '../http/header-field.ts';
import { dumpSfList } from '../structured/dump-sf.ts';
import { parseSfList } from '../structured/parse-sf.ts';
import { isWord, TOKEN, TOKEN_START } from '../structured/sf-characters.ts';
import { SfToken } from '../structured/sf-token.ts';
import { LiveField } from './live-field.ts';

/**
 * `Accept-CH` (RFC 8942 section 3.1), and `Critical-CH`, which is written alike: the client hints
 * that a server wants of this browser from now on, as a set of header names.
 */
export class AcceptCH extends LiveField implements Iterable<string> {
  readonly #names = new Map<string, string>();

  /** @throws InvalidHeaderError when one is no header name. */
  constructor(names: Iterable<string> = [], onUpdate?: OnUpdate<AcceptCH>) {
    super();
    for (const name of names) this.add(name);
    this.onUpdate = onUpdate;
  }

  /** Parses the header; a malformed one is empty. */
  static fromHeader(header: string | null | undefined, onUpdate?: OnUpdate<AcceptCH>): AcceptCH {
    const names = (parseSfList(header) ?? []).flatMap(({ value }) =>
      value instanceof SfToken && isHintName(value.value) ? [value.value] : [],
    );
    return new AcceptCH(names, onUpdate);
  }

  /** How many names there are. */
  get size(): number {
    return this.#names.size;
  }

  /** Whether a hint is wanted; case does not matter. */
  has(name: string): boolean {
    return this.#names.has(name.toLowerCase());
  }

  /** @throws InvalidHeaderError when it is no header name. */
  add(name: string): void {
    if (!isHintName(name)) {
      throw new InvalidHeaderError(`${JSON.stringify(name)} is not the name of a client hint.`);
    }
    if (this.has(name)) return;
    this.#names.set(name.toLowerCase(), name);
    this.changed();
  }

  /** Removes a name; returns whether it was there. */
  delete(name: string): boolean {
    const deleted = this.#names.delete(name.toLowerCase());
    if (deleted) this.changed();
    return deleted;
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#names.values();
  }

  override toHeader(): string {
    return dumpSfList(Array.from(this.#names.values(), (name) => new SfToken(name)));
  }
}

/** Whether a word is a header name and a token of structured fields, whose rules differ. */
function isHintName(word: string): boolean {
  return isToken(word) && isWord(word, TOKEN_START, TOKEN);
}
