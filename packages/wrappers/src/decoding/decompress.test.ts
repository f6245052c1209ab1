import { randomBytes } from 'node:crypto';
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { concatBytes } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as node from '../node/platform.ts';
import * as neutral from '../platform-neutral.ts';
import { bytes } from '../testing/environ.ts';
import type { CompressedFormat } from './compressed-format.ts';

const COMPRESS: Record<CompressedFormat, (data: Uint8Array) => Uint8Array> = {
  gzip: gzipSync,
  deflate: deflateSync,
  'deflate-raw': deflateRawSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

type Decompress = typeof node.decompress;

/** The chunks of `data`, and whether they were given up. */
function source(...chunks: (Uint8Array | Error)[]) {
  const ended = vi.fn();
  async function* generate() {
    try {
      for (const chunk of chunks) {
        if (chunk instanceof Error) throw chunk;
        yield chunk;
      }
    } finally {
      ended();
    }
  }
  return { chunks: generate(), ended };
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) pieces.push(piece);
  return new Uint8Array(concatBytes(pieces));
}

const everywhere = [
  ...node.compressedFormats().map((format) => ['Node', format, node.decompress]),
  ...neutral.compressedFormats().map((format) => ['neutral', format, neutral.decompress]),
] as [string, CompressedFormat, Decompress][];

it('knows every format on Node, and those of the web elsewhere', () => {
  expect(node.compressedFormats()).toEqual(['gzip', 'deflate', 'deflate-raw', 'br', 'zstd']);
  expect(neutral.compressedFormats()).toEqual(['gzip', 'deflate', 'deflate-raw']);
});

describe.each(everywhere)('decompress, %s, %s', (_, format, decompress) => {
  const text = bytes('Grüße, '.repeat(50));
  const packed = COMPRESS[format](text);

  it('gives back what was compressed, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1 }),
        async (data, size) => {
          const compressed = COMPRESS[format](data);
          const step = Math.min(size % 40 || 1, compressed.length);
          const chunks: Uint8Array[] = [];
          for (let at = 0; at < compressed.length; at += step) {
            chunks.push(compressed.subarray(at, at + step));
          }
          const { chunks: cut, ended } = source(...chunks);
          expect(await whole(decompress(format, cut))).toEqual(data);
          expect(ended).toHaveBeenCalledOnce();
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['is cut short', [packed.subarray(0, -3)]],
    ['is corrupt', [bytes('This was never compressed.')]],
    ['ends too early', [packed, bytes('garbage!')]],
    ['ends too early within a chunk', [concatBytes([packed, bytes('garbage!')])]],
  ])('refuses data that %s', async (_, chunks) => {
    const { chunks: bad, ended } = source(...chunks);
    await expect(whole(decompress(format, bad))).rejects.toThrow();
    expect(ended).toHaveBeenCalledOnce();
  });

  it('passes on the error of the source', async () => {
    const { chunks } = source(packed.subarray(0, 5), new Error('reset'));
    await expect(whole(decompress(format, chunks))).rejects.toThrow('reset');
  });

  it('takes no more than is asked for, and gives the source up', async () => {
    let taken = 0;
    const ended = vi.fn();
    const compressed = COMPRESS[format](randomBytes(200_000));
    async function* chunks() {
      try {
        for (let at = 0; at < compressed.length; at += 500, taken++) {
          yield compressed.subarray(at, at + 500);
        }
      } finally {
        ended();
      }
    }
    for await (const _ of decompress(format, chunks())) break;
    expect(ended).toHaveBeenCalledOnce();
    expect(taken).toBeLessThan(compressed.length / 500 / 2);
  });

  it('never has much more of a bomb than is taken', async () => {
    const bomb = COMPRESS[format](new Uint8Array(64 * 1024 * 1024));
    let largest = 0;
    let length = 0;
    for await (const chunk of decompress(format, source(bomb).chunks)) {
      largest = Math.max(largest, chunk.length);
      length += chunk.length;
      if (length > 1_000_000) break;
    }
    expect(largest).toBeLessThanOrEqual(1024 * 1032);
  });
});

it('refuses a Zstandard window that takes more than 8 MiB of memory', async () => {
  // A frame header that asks for a window of 2^27 bytes, then an empty last block.
  const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 0x01, 0x00, 0x00);
  await expect(whole(node.decompress('zstd', source(frame).chunks))).rejects.toThrow();
  frame[5] = 13 << 3;
  expect(await whole(node.decompress('zstd', source(frame).chunks))).toHaveLength(0);
});
