import { convert, type GetOptions } from './convert.ts';

/** A `Map` whose `get` has a default and converts: `get('page', 1, { type: Number })`. */
export class TypeConversionDict<V = string> extends Map<string, V> {
  /**
   * The value of a key.
   *
   * @param defaultValue what to give when the key is missing, or `type` refuses its value.
   * @param options `type` converts the value; errors by which it does not refuse pass through.
   */
  override get(key: string): V | undefined;
  override get<D>(key: string, defaultValue: D): V | D;
  override get<T, D = undefined>(key: string, defaultValue: D, options: GetOptions<V, T>): T | D;
  override get(key: string, defaultValue?: unknown, options?: GetOptions<V, unknown>): unknown {
    if (!this.has(key)) return defaultValue;
    const value = super.get(key)!;
    return options ? (convert(value, options.type) ?? defaultValue) : value;
  }
}
