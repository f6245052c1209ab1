import { showAs } from '../datastructures/inspect.ts';

/** A token (RFC 9651 section 3.3.4): a word without quotes, which a string is never taken for. */
export class SfToken {
  static {
    showAs(SfToken, String);
  }

  readonly value: string;

  /** @param value the word; it is checked when it is written. */
  constructor(value: string) {
    this.value = value;
  }

  toString(): string {
    return this.value;
  }

  toJSON(): string {
    return this.value;
  }
}
