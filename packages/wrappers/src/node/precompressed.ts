import { Accept } from '@werkstatt/core';
import type { FileOpener, OpenFile } from './open-file.ts';

/** A content coding that files can be stored in. */
export type Coding = 'br' | 'gzip' | 'zstd';

const ENDINGS: Readonly<Record<Coding, string>> = { br: '.br', zstd: '.zst', gzip: '.gz' };

/** All codings, the one first that makes files smallest. */
export const CODINGS: readonly Coding[] = ['br', 'zstd', 'gzip'];

/** An encoded copy of a file. */
export interface Twin extends OpenFile {
  readonly coding: Coding;
}

/**
 * Opens the encoded copy of a file that the client likes best, if there is one: `page.html.br`
 * beside `page.html`. A copy older than the file is left out, for it is one of something else.
 *
 * @param acceptEncoding the field of the request.
 */
export async function openTwin(
  path: string,
  file: OpenFile,
  open: FileOpener,
  acceptEncoding: string | undefined,
  codings: readonly Coding[],
): Promise<Twin | null> {
  for (const coding of preferredCodings(acceptEncoding, codings)) {
    const twin = await open(path + ENDINGS[coding]);
    if (twin && secondsOf(twin) >= secondsOf(file)) {
      return { ...twin, etag: `${twin.etag}-${coding}`, coding };
    }
    await twin?.body.close();
  }
  return null;
}

/**
 * The codings that a client takes no less gladly than none (RFC 9110 section 12.5.3), best first; of
 * equal ones, in the order given.
 */
export function preferredCodings(
  acceptEncoding: string | undefined,
  codings: readonly Coding[],
): Coding[] {
  if (acceptEncoding === undefined) return [];
  const accept = Accept.fromHeader(acceptEncoding);
  // A client that does not name `identity` takes it, but nothing says that it likes it.
  const plain = [...accept].find(([value]) => value.toLowerCase() === 'identity')?.[1] ?? 0;
  return codings
    .map((coding) => ({ coding, quality: accept.quality(coding) }))
    .filter(({ quality }) => quality > 0 && quality >= plain)
    .sort((one, other) => other.quality - one.quality)
    .map(({ coding }) => coding);
}

/** File systems and archives keep parts of a second in different precision. */
function secondsOf(file: OpenFile): number {
  return Math.floor(file.lastModified.getTime() / 1000);
}
