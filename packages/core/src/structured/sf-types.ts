import type { SfDecimal } from './sf-decimal.ts';
import type { SfDisplayString } from './sf-display-string.ts';
import type { SfToken } from './sf-token.ts';

/**
 * A value of a structured field (RFC 9651 section 3.3): an integer is a `number`, a decimal an
 * `SfDecimal`, a string a `string`, a byte sequence a `Uint8Array`, a date a `Date`.
 */
export type SfBareItem =
  | number
  | SfDecimal
  | string
  | SfToken
  | Uint8Array
  | boolean
  | Date
  | SfDisplayString;

/** The parameters of an item or inner list, in order. */
export type SfParameters = ReadonlyMap<string, SfBareItem>;

/** A value with its parameters (RFC 9651 section 3.3). */
export interface SfItem {
  readonly value: SfBareItem;
  readonly params: SfParameters;
}

/** A list within a list or dictionary (RFC 9651 section 3.1.1). */
export interface SfInnerList {
  readonly value: readonly SfItem[];
  readonly params: SfParameters;
}

/** What a list or dictionary holds; the `value` of an inner list is an array. */
export type SfMember = SfItem | SfInnerList;

/** A list (RFC 9651 section 3.1). */
export type SfList = readonly SfMember[];

/** A dictionary (RFC 9651 section 3.2), in order. */
export type SfDictionary = ReadonlyMap<string, SfMember>;

/** Keys with values, to be written in order. */
export type SfEntries<V> = Iterable<readonly [key: string, value: V]> | Readonly<Record<string, V>>;

/** An item to be written: a value alone, or one with parameters. */
export type SfItemInit =
  | SfBareItem
  | { readonly value: SfBareItem; readonly params?: SfEntries<SfBareItem> | undefined };

/** A member to be written: an item, or an inner list with or without parameters. */
export type SfMemberInit =
  | SfItemInit
  | readonly SfItemInit[]
  | {
      readonly value: SfBareItem | readonly SfItemInit[];
      readonly params?: SfEntries<SfBareItem> | undefined;
    };
