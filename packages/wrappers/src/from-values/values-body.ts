import {
  ArgumentError,
  type ByteContent,
  dumpQuery,
  FileStorage,
  type QueryInit,
} from '@werkstatt/core';
import { type FileValues, multipartBody } from './values-multipart.ts';

/** What the body of a request that is made of values can be. One of them, or `form` and `files`. */
export interface BodyValues {
  /** The body as it is: text is sent as UTF-8, a stream as it comes. */
  body?: string | ArrayBuffer | ByteContent | undefined;
  /** A value to be sent as JSON. */
  json?: unknown;
  /** The fields of a form. */
  form?: QueryInit | undefined;
  /** The files of a form, which makes it `multipart/form-data`. */
  files?: FileValues | undefined;
}

/** A body that is ready to be sent. */
export interface EncodedBody {
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** In bytes; `undefined` when it is known at the end only. */
  readonly length: number | undefined;
  readonly contentType: string | undefined;
}

const encoder = new TextEncoder();

/**
 * The body that the values describe; `undefined` when they describe none. A form is urlencoded
 * unless it has files, or `mimetype` is `multipart/form-data`.
 *
 * @throws ArgumentError when there is more than one, or a value that JSON has no text for.
 */
export function encodeBody(values: BodyValues, mimetype: string): EncodedBody | undefined {
  const { body, json, form, files } = values;
  const given = [body ?? undefined, json, form ?? files].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw new ArgumentError(
      'A request has one of body, json, and form with files; give one alone.',
    );
  }
  if (json !== undefined) return jsonBody(json);
  if (files || (form && mimetype === 'multipart/form-data')) return multipartBody(form, files);
  if (form) return textBody(dumpQuery(form), 'application/x-www-form-urlencoded');
  if (typeof body === 'string') return textBody(body, undefined);
  return body ? contentBody(body) : undefined;
}

function jsonBody(value: unknown): EncodedBody {
  const text: string | undefined = JSON.stringify(value);
  if (text !== undefined) return textBody(text, 'application/json');
  throw new ArgumentError(`JSON has no text for a ${typeof value}; give another value as json.`);
}

function textBody(text: string, contentType: string | undefined): EncodedBody {
  const bytes = encoder.encode(text);
  return { chunks: [bytes], length: bytes.length, contentType };
}

function contentBody(body: ArrayBuffer | ByteContent): EncodedBody {
  const content = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  const chunks = new FileStorage(content);
  const contentType = content instanceof Blob ? content.type || undefined : undefined;
  return { chunks, length: chunks.size ?? undefined, contentType };
}
