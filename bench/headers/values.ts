import { readFileSync } from 'node:fs';

const BEYOND_LATIN_1 = /[^\x00-\xff]/;

/** How a long value is made that hopes for a scan in super-linear time. */
export interface Recipe {
  readonly header: string;
  readonly id: string;
  readonly head: string;
  /** What is repeated; `%d` in it counts up. */
  readonly unit: string;
  readonly tail: string;
}

const { values, hostile } = JSON.parse(
  readFileSync(new URL('values.json', import.meta.url), 'utf8'),
) as {
  values: Readonly<Record<string, readonly string[]>>;
  hostile: readonly Recipe[];
};

/** Recipes of hostile values for every header. */
export const RECIPES: readonly Recipe[] = hostile;

/** Values of a header as they come in real requests and responses. */
export function valuesOf(header: string): readonly string[] {
  const found = values[header];
  if (!found?.length) throw new Error(`There are no values of ${header}.`);
  return found;
}

/** A hostile value of about `size` octets. */
export function hostileValue({ head, unit, tail }: Recipe, size: number): string {
  const units: string[] = [];
  let length = head.length + tail.length;
  for (let count = 0; length < size; count++) {
    const next = unit.replaceAll('%d', String(count));
    units.push(next);
    length += next.length;
  }
  return flat(head + units.join('') + tail);
}

/** A text in one piece: V8 keeps joined ones as trees until they are first read. */
export function flat(text: string): string {
  const encoding = BEYOND_LATIN_1.test(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}
