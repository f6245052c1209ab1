/**
 * What a value is in JSON: `undefined` is `null`, octets are base64, dates are ISO strings, and what
 * can be iterated is an array. A record keeps its prototype, so that a wrong one can be found.
 */
export function encode(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, encode);
  const parts = Object.entries(value).map(([key, part]) => [key, encode(part)]);
  return Object.setPrototypeOf(Object.fromEntries(parts), Object.getPrototypeOf(value));
}

/** A record of a map's entries. */
export function toRecord<V>(entries: Iterable<readonly [string, V]>): Record<string, V> {
  return Object.fromEntries(entries);
}

/** The class by which the cases know what was thrown; `Error` for what is no error at all. */
export function thrownName(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

/** Octets as the cases write them: base64, pieces of it, or text. */
export type Octets =
  | string
  | Uint8Array
  | { readonly base64: string }
  | { readonly concat: readonly { readonly base64: string; readonly times?: number }[] };

/** The octets that a case means; text is UTF-8. */
export function toOctets(octets: Octets): Uint8Array {
  if (typeof octets === 'string') return Buffer.from(octets);
  if (octets instanceof Uint8Array) return octets;
  const pieces = 'concat' in octets ? octets.concat : [octets];
  return Buffer.concat(pieces.flatMap(decodePiece));
}

function decodePiece(piece: { base64: string; times?: number }): Buffer[] {
  return Array<Buffer>(piece.times ?? 1).fill(Buffer.from(piece.base64, 'base64'));
}
