import type { Body } from '../protocol.ts';
import { type CloseCallback, closeAll } from './close-all.ts';

/**
 * A body with callbacks for its end: `close()`, which the server calls once for every body, closes
 * the body itself first and then calls them, in order. Every one of them is called, whatever the
 * others do.
 *
 * @throws what the first of them that fails throws; with several, an `AggregateError` of all.
 */
export function closingIterator(
  body: Body,
  callbacks: CloseCallback | Iterable<CloseCallback>,
): Body {
  const closers = typeof callbacks === 'function' ? [callbacks] : [...callbacks];
  if (body.close) closers.unshift(() => body.close!());
  const close = once(async () => closeAll(closers));
  if (Symbol.asyncIterator in body) {
    return { [Symbol.asyncIterator]: () => body[Symbol.asyncIterator](), close };
  }
  return { [Symbol.iterator]: () => body[Symbol.iterator](), close };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= run());
}
