const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

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

/** Lets Node's `console.log` show instances of a class as its name and their text. */
export function showAsHeader(target: { readonly prototype: { toHeader(): string } }): void {
  showAs(target, (header) => header.toHeader());
}

/** Lets Node's `console.log` show instances of a class as its name and a text made of them. */
export function showAs<H extends object>(
  target: { readonly prototype: H },
  describe: (header: H) => string,
): void {
  Object.defineProperty(target.prototype, INSPECT, {
    configurable: true,
    writable: true,
    value(this: H): string {
      // Quoted, so that no control character gets to a terminal.
      return `${this.constructor.name} ${JSON.stringify(safely(this, describe))}`;
    },
  });
}

function safely<H>(header: H, describe: (header: H) => string): string {
  try {
    return describe(header);
  } catch (error) {
    return `cannot be sent: ${error instanceof Error ? error.message : String(error)}`;
  }
}
