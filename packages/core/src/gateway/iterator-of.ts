import type { Body } from '../protocol.ts';

/** The end of an iteration. */
export const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Begins to pull a body, be it synchronous or not. */
export function iteratorOf(body: Body): Iterator<Uint8Array> | AsyncIterator<Uint8Array> {
  return Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]();
}
