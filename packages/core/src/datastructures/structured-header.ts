import { showAsHeader } from './inspect.ts';

/** A header whose value has parts, as an object. */
export abstract class StructuredHeader {
  static {
    showAsHeader(StructuredHeader);
  }

  /** The header's value. */
  abstract toHeader(): string;

  /** The same as `toHeader()`. */
  toString(): string {
    return this.toHeader();
  }
}
