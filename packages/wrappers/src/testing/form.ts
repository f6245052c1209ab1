import { ChunkInput, ClientDisconnected, type InputStream } from '@werkstatt/core';
import { bytes } from './environ.ts';

/** A part of a form that a test sends: a field, or a file if it has a file name. */
export interface TestPart {
  name: string;
  filename?: string;
  type?: string;
  content?: string | Uint8Array;
}

/** A body of type `multipart/form-data` with the boundary `b`. */
export function multipartBody(...parts: readonly TestPart[]): Uint8Array {
  const pieces = parts.flatMap((part) => [
    partHead(part),
    bytesOf(part.content ?? ''),
    bytes('\r\n'),
  ]);
  return Buffer.concat([...pieces, bytes('--b--\r\n')]);
}

/** The delimiter and the header of a part of such a body. */
export function partHead({ name, filename, type }: TestPart): Uint8Array {
  const file = filename === undefined ? '' : `; filename="${filename}"`;
  const contentType = type === undefined ? '' : `\r\nContent-Type: ${type}`;
  return bytes(
    `--b\r\nContent-Disposition: form-data; name="${name}"${file}${contentType}\r\n\r\n`,
  );
}

/** An input that ends with the body, cut into chunks of a size. */
export function inputOf(body: Uint8Array | string, size: number = Infinity): InputStream {
  const octets = bytesOf(body);
  function* chunks() {
    for (let start = 0; start < octets.length; start += size) {
      yield octets.subarray(start, start + size);
    }
  }
  return new ChunkInput(chunks());
}

/** An input of which the client goes away after some chunks. */
export function brokenInput(...chunks: readonly Uint8Array[]): InputStream {
  async function* broken() {
    yield* chunks;
    throw new ClientDisconnected();
  }
  return new ChunkInput(broken());
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? bytes(content) : content;
}
