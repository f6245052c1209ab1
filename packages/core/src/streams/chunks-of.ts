/**
 * What bytes can be kept in, or come from. An async iterable that knows how many bytes it gives says
 * so in a property `size`, as a `Blob` does; one that holds a resource frees it in `close()`.
 */
export type ByteContent =
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>;

/** The content in chunks. Leaving the loop early cancels a stream. */
export function chunksOf(content: ByteContent): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (content instanceof Uint8Array) return [content];
  if (content instanceof Blob) return streamChunks(content.stream());
  if (content instanceof ReadableStream) return streamChunks(content);
  return content;
}

/** How many bytes the content has; `null` when that is known at its end only. */
export function sizeOf(content: ByteContent): number | null {
  if (content instanceof Uint8Array) return content.length;
  // What is iterated without waiting may be a `Set`, and its size that of something else.
  const tells = content instanceof Blob || Symbol.asyncIterator in content;
  const size = tells && 'size' in content ? content.size : null;
  return typeof size === 'number' ? size : null;
}

/** A stream's chunks by way of its reader: not every platform can iterate a stream. */
async function* streamChunks(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const next = await reader.read();
      ended = next.done;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (!ended) await reader.cancel();
    reader.releaseLock();
  }
}
