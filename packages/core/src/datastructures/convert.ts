/**
 * Makes something of a value. It refuses one by returning `undefined` or `NaN`, or by throwing a
 * `TypeError`, `RangeError`, `SyntaxError` or `URIError`; any other error passes through.
 */
export type Converter<V, T> = (value: V) => T | undefined;

/** Options of the `get` methods. */
export interface GetOptions<V, T> {
  /** Converts the value; one that it refuses counts as missing. */
  type: Converter<V, T>;
}

/** `value` as `type` makes it, `undefined` when `type` refuses it. */
export function convert<V, T>(value: V, type: Converter<V, T>): T | undefined {
  try {
    const converted = type(value);
    return Number.isNaN(converted) ? undefined : converted;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Every value that `type` takes, converted. */
export function convertAll<V, T>(values: Iterable<V>, type: Converter<V, T>): T[] {
  const all: T[] = [];
  for (const value of values) {
    const converted = convert(value, type);
    if (converted !== undefined) all.push(converted);
  }
  return all;
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof SyntaxError ||
    error instanceof URIError
  );
}
