/** What bytes can be kept in, or come from. */
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
