import { expect, it } from 'vitest';
import { collectText } from '../../test/collect.ts';
import { type ByteContent, chunksOf, sizeOf } from './chunks-of.ts';

const bytes = new TextEncoder().encode('hello');

it('chunksOf gives the bytes of every kind of content', async () => {
  async function* later() {
    yield bytes.subarray(0, 2);
    yield bytes.subarray(2);
  }
  const contents: ByteContent[] = [
    bytes,
    new Blob([bytes]),
    new Blob([bytes]).stream(),
    [bytes.subarray(0, 1), bytes.subarray(1)],
    later(),
  ];
  for (const content of contents) {
    expect(await collectText(chunksOf(content))).toBe('hello');
  }
});

it('chunksOf cancels a stream whose loop is left early', async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(bytes),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of chunksOf(stream)) break;
  expect(cancelled).toBe(true);
  expect(stream.locked).toBe(false);
});

it('sizeOf tells how many bytes there are, where the content knows', async () => {
  async function* chunks() {
    yield bytes;
  }
  expect(sizeOf(bytes)).toBe(5);
  expect(sizeOf(new Blob([bytes]))).toBe(5);
  expect(sizeOf(Object.assign(chunks(), { size: 5 }))).toBe(5);
  for (const content of [
    chunks(),
    Object.assign(chunks(), { size: '5' }),
    new Blob([bytes]).stream(),
    [bytes],
    new Set([bytes]),
  ]) {
    expect(sizeOf(content)).toBeNull();
  }
});
