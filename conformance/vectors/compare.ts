/**
 * Whether an encoded result is what a vector wants: keys in any order, lists in theirs.
 * `{ throws: 'Error' }` is wanted where any error will do.
 */
export function isWanted(got: unknown, want: unknown): boolean {
  if (typeof want !== 'object' || want === null) return got === want;
  if (typeof got !== 'object' || got === null) return false;
  if (Array.isArray(want) || Array.isArray(got)) {
    return (
      Array.isArray(want) &&
      Array.isArray(got) &&
      got.length === want.length &&
      want.every((part, index) => isWanted(got[index], part))
    );
  }
  const keys = Object.keys(want);
  if (Object.keys(got).length !== keys.length) return false;
  if (isAnyError(want)) return typeof own(got, 'throws') === 'string';
  return keys.every((key) => Object.hasOwn(got, key) && isWanted(own(got, key), own(want, key)));
}

function isAnyError(want: object): boolean {
  return Object.keys(want).length === 1 && own(want, 'throws') === 'Error';
}

function own(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
