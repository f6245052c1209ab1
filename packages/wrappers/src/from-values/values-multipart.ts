import {
  FileMultiDict,
  FileStorage,
  iterMultiItems,
  type MultiDictInit,
  type QueryInit,
  type QueryValue,
} from '@werkstatt/core';
import { MultipartEncoder } from '../multipart/multipart-encoder.ts';
import type { MultipartEventInit } from '../multipart/multipart-events.ts';
import { NO_BYTES } from '../values/bytes.ts';
import type { EncodedBody } from './values-body.ts';

/** A file to be sent: one with its name and type, or its content alone. */
export type FileValue = FileStorage | Blob | Uint8Array | ReadableStream<Uint8Array>;

/** Files by the names of their fields; a list stands for several. */
export type FileValues = MultiDictInit<FileValue>;

interface Part {
  readonly head: MultipartEventInit;
  readonly content: FileStorage;
}

const ONE_BYTE = new Uint8Array(1);
const encoder = new TextEncoder();

/**
 * A form as `multipart/form-data`: the fields, then the files. Files are read while the body is, so
 * that none is in memory that wasn't before. A file without a name has that of its field.
 */
export function multipartBody(
  form: QueryInit | undefined,
  files: FileValues | undefined,
): EncodedBody {
  const boundary = `werkstatt-${crypto.randomUUID()}`;
  const parts = [...fieldParts(form ?? {}), ...fileParts(files ?? {})];
  return {
    chunks: encodeParts(parts, boundary),
    length: encodedLength(parts, boundary),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

function* fieldParts(form: QueryInit): Generator<Part> {
  for (const [name, values] of Symbol.iterator in form ? form : Object.entries(form)) {
    const list: readonly QueryValue[] = Array.isArray(values) ? values : [values];
    for (const value of list) {
      if (value == null) continue;
      const content = new FileStorage(encoder.encode(String(value)));
      yield { head: { type: 'field', name }, content };
    }
  }
}

function* fileParts(files: FileValues): Generator<Part> {
  const named = new FileMultiDict();
  for (const [name, file] of iterMultiItems(files))
    named.addFile(name, file, { contentType: (file instanceof Blob && file.type) || null });
  for (const [name, content] of named) {
    const { filename, headers } = content;
    yield { head: { type: 'file', name, filename: filename ?? name, headers }, content };
  }
}

async function* encodeParts(parts: readonly Part[], boundary: string): AsyncGenerator<Uint8Array> {
  const multipart = new MultipartEncoder(boundary);
  for (const { head, content } of parts) {
    yield multipart.sendEvent(head);
    for await (const data of content) yield multipart.sendEvent({ type: 'data', data });
    yield multipart.sendEvent({ type: 'data', data: NO_BYTES });
  }
  yield multipart.sendEvent({ type: 'epilogue', data: NO_BYTES });
}

/** What `encodeParts` will give in bytes; `undefined` with a file whose size nobody knows. */
function encodedLength(parts: readonly Part[], boundary: string): number | undefined {
  const multipart = new MultipartEncoder(boundary);
  let length = 0;
  for (const { head, content } of parts) {
    const { size } = content;
    if (size === null) return undefined;
    length += multipart.sendEvent(head).length;
    // One byte in place of the content: what is added to it depends on there being any.
    const data = size === 0 ? NO_BYTES : ONE_BYTE;
    length += multipart.sendEvent({ type: 'data', data }).length - data.length + size;
  }
  return length + multipart.sendEvent({ type: 'epilogue', data: NO_BYTES }).length;
}
