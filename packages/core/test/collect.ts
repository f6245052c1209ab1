/** Everything that an iterable gives, in order. */
export async function collect<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Everything that an iterable of bytes gives, as text. */
export async function collectText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  return (await collectTexts(chunks)).join('');
}

/** Every chunk that an iterable of bytes gives, as text. */
export async function collectTexts(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string[]> {
  const decoder = new TextDecoder();
  return (await collect(chunks)).map((chunk) => decoder.decode(chunk));
}
