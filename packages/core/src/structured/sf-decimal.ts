import { showAs } from '../datastructures/inspect.ts';

/**
 * A decimal (RFC 9651 section 3.3.2): a type of its own, so that `1.0` is not taken for the integer
 * `1`, nor written as it. Arithmetic works on it: `2 * decimal`.
 */
export class SfDecimal {
  static {
    showAs(SfDecimal, String);
  }

  readonly value: number;

  /** @param value the number; written with one to three digits after the point. */
  constructor(value: number) {
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }

  toJSON(): number {
    return this.value;
  }
}
