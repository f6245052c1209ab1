/** What was found in a body. */
export interface Found {
  parts: number;
  /** Of the parts' contents. */
  contentBytes: number;
}

/**
 * Decodes a body with every limit off, and counts what is in it; the name of each part is read. Throws
 * or rejects when the body is malformed.
 */
export type Decode = (chunks: Iterable<Buffer>, boundary: string) => Found | Promise<Found>;

/** A decoder that takes part, loaded in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly load: () => Promise<Decode>;
}

/** The content type of a form. */
export function formType(boundary: string): string {
  return `multipart/form-data; boundary=${boundary}`;
}
