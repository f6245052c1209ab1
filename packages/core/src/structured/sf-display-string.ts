import { showAs } from '../datastructures/inspect.ts';

/** Text of any Unicode characters (RFC 9651 section 3.3.8), meant for people to read. */
export class SfDisplayString {
  static {
    showAs(SfDisplayString, String);
  }

  readonly value: string;

  /** @param value the text; it must be well-formed. */
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
