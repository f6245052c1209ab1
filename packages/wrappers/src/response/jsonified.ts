/**
 * What a value of type `T` is after it was sent as JSON: a `Date` has become text, what JSON has no
 * text for is missing.
 */
export type Jsonified<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null
    ? T
    : T extends { toJSON(...args: never[]): infer J }
      ? Jsonified<J>
      : T extends Wordless
        ? never
        : T extends readonly unknown[]
          ? { -readonly [K in keyof T]: T[K] extends Wordless ? null : Jsonified<T[K]> }
          : T extends object
            ? { [K in keyof T as K extends symbol ? never : Kept<K, T[K]>]: Jsonified<T[K]> }
            : never;

/** What JSON leaves out. */
type Wordless = undefined | symbol | ((...args: never[]) => unknown);

/** The key of a property, if its value is not always left out. */
type Kept<K, V> = [V] extends [Wordless] ? never : K;
