import { headerText, showAsHeader } from './inspect.ts';

/** A header whose value has parts, as an object. */
export abstract class StructuredHeader {
  static {
    showAsHeader(StructuredHeader);
  }

  /** The header's value. */
  abstract toHeader(): string;

  /** The same as `toHeader()`, but that it tells why what a client sent can't be sent on. */
  toString(): string {
    return headerText(this);
  }
}
