import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpSfBareItem } from './dump-sf-bare-item.ts';
import { isWord, KEY, KEY_START } from './sf-characters.ts';
import { SfDecimal } from './sf-decimal.ts';
import { SfDisplayString } from './sf-display-string.ts';
import { SfToken } from './sf-token.ts';
import type { SfBareItem, SfEntries, SfItemInit, SfMemberInit } from './sf-types.ts';

/**
 * Writes an item (RFC 9651 section 4.1.3).
 *
 * @throws InvalidHeaderError when no field can hold it.
 */
export function dumpSfItem(item: SfItemInit): string {
  if (isBareItem(item)) return dumpSfBareItem(item);
  return dumpSfBareItem(item.value) + dumpParameters(item.params);
}

/**
 * Writes a list (RFC 9651 section 4.1.1): `dumpSfList([new SfToken('gzip'), ['a', 'b']])` is
 * `gzip, ("a" "b")`.
 *
 * @returns `''` for an empty list; such a field is not to be sent.
 * @throws InvalidHeaderError when no field can hold a part of it.
 */
export function dumpSfList(list: Iterable<SfMemberInit>): string {
  return Array.from(list, dumpMember).join(', ');
}

/**
 * Writes a dictionary (RFC 9651 section 4.1.2): `dumpSfDictionary({ u: 1, i: true })` is `u=1, i`.
 *
 * @returns `''` for an empty dictionary; such a field is not to be sent.
 * @throws InvalidHeaderError when no field can hold a part of it.
 */
export function dumpSfDictionary(dictionary: SfEntries<SfMemberInit>): string {
  return Array.from(entriesOf(dictionary), ([key, member]) => {
    checkKey(key);
    if (member === true) return key;
    if (isPlainObject(member) && member.value === true) return key + dumpParameters(member.params);
    return `${key}=${dumpMember(member)}`;
  }).join(', ');
}

function dumpMember(member: SfMemberInit): string {
  if (isBareItem(member)) return dumpSfBareItem(member);
  if (isItems(member)) return dumpItems(member);
  const { value, params } = member;
  return (isItems(value) ? dumpItems(value) : dumpSfBareItem(value)) + dumpParameters(params);
}

function dumpItems(items: readonly SfItemInit[]): string {
  return `(${items.map(dumpSfItem).join(' ')})`;
}

function dumpParameters(params: SfEntries<SfBareItem> | undefined): string {
  let text = '';
  if (!params) return text;
  for (const [key, value] of entriesOf(params)) {
    checkKey(key);
    text += value === true ? `;${key}` : `;${key}=${dumpSfBareItem(value)}`;
  }
  return text;
}

function entriesOf<V>(entries: SfEntries<V>): Iterable<readonly [key: string, value: V]> {
  return Symbol.iterator in entries
    ? (entries as Iterable<readonly [string, V]>)
    : Object.entries(entries);
}

function checkKey(key: string): void {
  if (isWord(key, KEY_START, KEY)) return;
  throw new InvalidHeaderError(
    `${JSON.stringify(key)} is not a key of a structured field: a small letter or *, then small ` +
      'letters, digits and any of _-.*',
  );
}

function isItems(value: SfMemberInit): value is readonly SfItemInit[] {
  return Array.isArray(value);
}

function isPlainObject(
  member: SfMemberInit,
): member is Exclude<SfMemberInit, SfBareItem | readonly SfItemInit[]> {
  return !isBareItem(member) && !isItems(member);
}

/** Whether a value stands for itself; what has a `value` and is of no class of ours has parameters. */
function isBareItem(member: SfMemberInit): member is SfBareItem {
  return (
    typeof member !== 'object' ||
    member === null ||
    member instanceof SfToken ||
    member instanceof SfDecimal ||
    member instanceof SfDisplayString ||
    member instanceof Uint8Array ||
    member instanceof Date
  );
}
