import { StructuredHeader } from '../datastructures/structured-header.ts';

/**
 * `User-Agent` (RFC 9110 section 10.1.5). What it says is the client's word and hard to make sense
 * of, so this class keeps the text alone; a subclass may parse it into the other properties. What
 * browsers tell today is in `ClientHints`.
 */
export class UserAgent extends StructuredHeader {
  /** The header's value. */
  readonly string: string;

  constructor(string: string | null | undefined) {
    super();
    this.string = string ?? '';
  }

  /** The operating system, such as `windows`. */
  get platform(): string | null {
    return null;
  }

  /** The browser, such as `firefox`. */
  get browser(): string | null {
    return null;
  }

  /** The version of the browser. */
  get version(): string | null {
    return null;
  }

  /** The language of the browser. */
  get language(): string | null {
    return null;
  }

  override toHeader(): string {
    return this.string;
  }
}
