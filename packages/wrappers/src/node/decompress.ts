import type { Transform } from 'node:stream';
import type { CompressedFormat } from '../decoding/compressed-format.ts';

type Zlib = typeof import('node:zlib');
type Decompressor = Transform & { readonly bytesWritten: number };

/** A Zstandard frame may ask for a window of 2^23 bytes (RFC 9659), which it takes in memory. */
const ZSTD_WINDOW_LOG = 23;

let loaded: Zlib | undefined;

/** Loaded on first use: few requests are compressed. */
function zlib(): Zlib {
  loaded ??= process.getBuiltinModule('node:zlib');
  return loaded;
}

const CREATORS: ReadonlyMap<CompressedFormat, (zlib: Zlib) => Decompressor> = new Map([
  ['gzip', ({ createGunzip }) => createGunzip()],
  ['deflate', ({ createInflate }) => createInflate()],
  ['deflate-raw', ({ createInflateRaw }) => createInflateRaw()],
  ['br', ({ createBrotliDecompress }) => createBrotliDecompress()],
  ['zstd', createZstd],
]);

function createZstd({ createZstdDecompress, constants }: Zlib): Decompressor {
  return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } });
}

/** The formats that there is a decompressor for; some runtimes that pose as Node know no `zstd`. */
export function zlibFormats(): CompressedFormat[] {
  const hasZstd = 'createZstdDecompress' in zlib();
  return [...CREATORS.keys()].filter((format) => format !== 'zstd' || hasZstd);
}

/**
 * Decompresses chunks with `node:zlib`, in a thread of its pool. What comes of a chunk is made as it
 * is taken. The source is given up at the end, whatever ends it.
 *
 * @throws Error of zlib when the data is corrupt or cut short; an Error when more comes after it.
 */
export async function* decompressWithZlib(
  format: CompressedFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chunks[Symbol.asyncIterator]();
  const decompressor = CREATORS.get(format)!(zlib());
  const feeding = feed(decompressor, source);
  try {
    for await (const { buffer, byteOffset, length } of decompressor) {
      yield new Uint8Array(buffer, byteOffset, length);
    }
    // What the decompressor did not take comes after the end of the compressed data.
    if ((await feeding) > decompressor.bytesWritten) throw new Error('More data follows the end.');
  } finally {
    decompressor.destroy();
    await source.return?.();
  }
}

/** Writes what the source gives, each chunk when the one before is used up; never rejects. */
async function feed(
  decompressor: Decompressor,
  source: AsyncIterator<Uint8Array>,
): Promise<number> {
  let fed = 0;
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      fed += next.value.length;
      await write(decompressor, next.value);
    }
    decompressor.end();
  } catch (error) {
    decompressor.destroy(error as Error);
  }
  return fed;
}

function write(decompressor: Decompressor, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    decompressor.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
