import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ArgumentError, wrapFile } from '@werkstatt/core';
import type { ResponseBody } from '../response/body-source.ts';
import { describeFile } from './open-file.ts';
import type { Coding } from './precompressed.ts';

/** What can be sent as a file beside the path of one. */
export type FileContent =
  | Uint8Array
  | ArrayBuffer
  | Blob
  | FileHandle
  | Readable
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** Something to send, and what it tells of itself. */
export interface SendableContent {
  readonly body: ResponseBody;
  /** In bytes. */
  readonly size?: number | undefined;
  readonly lastModified?: Date | undefined;
  /** Without quotes. */
  readonly etag?: string | undefined;
  /** How it is encoded, as in `Content-Encoding`, if it is a copy that has been chosen for that. */
  readonly coding?: Coding | undefined;
  /** Ends what was opened for it; a body in memory has nothing to end. */
  close?(): Promise<void>;
}

/** Bytes of a `Blob` that are read at once. */
const BLOB_READ_SIZE = 65_536;

/**
 * Content that is no path, ready to send.
 *
 * @throws ArgumentError for an open `FileHandle` of something else than a file; it is closed then.
 */
export async function describeContent(content: FileContent): Promise<SendableContent> {
  if (content instanceof Uint8Array || content instanceof ArrayBuffer) {
    return { body: content, size: content.byteLength };
  }
  if (content instanceof Blob) {
    const body = wrapFile(content, { bufferSize: BLOB_READ_SIZE });
    const lastModified = content instanceof File ? new Date(content.lastModified) : undefined;
    return { body, size: content.size, lastModified };
  }
  if (!isFileHandle(content)) return { body: content };
  const file = await describeFile(content);
  if (!file)
    throw new ArgumentError('The FileHandle is open on something that is not a regular file.');
  return { ...file, close: () => file.body.close() };
}

/** Node has no class to ask for. */
function isFileHandle(content: object): content is FileHandle {
  return 'fd' in content && typeof content.fd === 'number' && 'createReadStream' in content;
}
