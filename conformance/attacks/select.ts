/**
 * A part of a result, by the names or indexes that lead to it: `files.0.0`. Own properties alone
 * count, and the length of a list or a text.
 *
 * @returns the part in a box; undefined when it is not there.
 */
export function select(result: unknown, path: string): { readonly value: unknown } | undefined {
  let value = result;
  for (const key of path.split('.')) {
    if (typeof value === 'string' && key === 'length') value = value.length;
    else if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      return undefined;
    } else value = Object.getOwnPropertyDescriptor(value, key)!.value;
  }
  return { value };
}
