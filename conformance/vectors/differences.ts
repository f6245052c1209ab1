import type { Suite, Vector } from './suite.ts';

/** Vectors in which the reference is wrong, by suite and name, each with what it does. */
const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  [
    'form-parsing / multipartDecode: byte by byte',
    'of a body that comes in single bytes, Werkzeug puts the CR before a boundary of one character ' +
      'into the data; in one piece, the same body is decoded right',
  ],
]);

/** Why the result of a vector is to differ; undefined where it is to be the same. */
export function differenceOf({ suite }: Suite, { name }: Vector): string | undefined {
  return DIFFERENCES.get(`${suite} / ${name}`);
}
