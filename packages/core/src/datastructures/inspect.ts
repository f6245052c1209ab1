const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

/** A C1 control, which JSON lets pass and some terminals obey, or DEL. */
const LATE_CONTROLS = /[\x7f-\x9f]/g;

/** What Node, Deno and Bun hand to an object that shows itself. */
type Inspect = (value: unknown, options: object) => string;

/** Lets `console.log` show instances of a class as its name and their header. */
export function showAsHeader(target: { readonly prototype: { toHeader(): string } }): void {
  showAs(target, (header) => header.toHeader());
}

/** Lets `console.log` show instances of a class as its name and a text made of them. */
export function showAs<H extends object>(
  target: { readonly prototype: H },
  describe: (shown: H) => string,
): void {
  defineInspect(target.prototype, (shown: H) => {
    // Quoted, so that no control character gets to a terminal.
    return `${shown.constructor.name} ${quote(safely(shown, describe))}`;
  });
}

/**
 * Lets `console.log` show instances of a class as its name and parts of them: what their private
 * fields hide. A `Map` is shown with its size.
 */
export function showParts<H extends object>(
  target: { readonly prototype: H },
  partsOf: (shown: H) => object,
): void {
  defineInspect(target.prototype, (shown: H, depth, options, inspect) => {
    const { name } = shown.constructor;
    if (typeof depth === 'number' && depth < 0) return `[${name}]`;
    const parts = partsOf(shown);
    const text = inspect(parts, { ...options, depth });
    return parts instanceof Map ? text.replace('Map', () => name) : `${name} ${text}`;
  });
}

/** Gives an object, or all that have it as their prototype, a way to be shown. */
export function defineInspect<H extends object>(
  target: H,
  show: (shown: H, depth: number | null, options: object, inspect: Inspect) => unknown,
): void {
  Object.defineProperty(target, INSPECT, {
    configurable: true,
    writable: true,
    value(this: H, depth: number | null, options: object, inspect: Inspect): unknown {
      return show(this, depth, options, inspect);
    },
  });
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    LATE_CONTROLS,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );
}

/** A header as text for people; why it can't be sent where it has what a client may not send. */
export function headerText(header: { toHeader(): string }): string {
  return safely(header, (shown) => shown.toHeader());
}

function safely<H>(shown: H, describe: (shown: H) => string): string {
  try {
    return describe(shown);
  } catch (error) {
    return `cannot be sent: ${error instanceof Error ? error.message : String(error)}`;
  }
}
