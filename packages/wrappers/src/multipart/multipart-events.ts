import type { Headers, HeadersInit } from '@werkstatt/core';

/** What stands before the first delimiter; a part of it while `moreData` holds. It has no meaning. */
export interface PreambleEvent {
  readonly type: 'preamble';
  readonly data: Uint8Array;
  readonly moreData: boolean;
}

/** A part without a file name begins. */
export interface FieldEvent {
  readonly type: 'field';
  readonly name: string;
  /** The header fields of the part. As everywhere, a code unit of a value is one octet. */
  readonly headers: Headers;
}

/** A part with a file name begins; the name is `''` when no file was chosen. */
export interface FileEvent {
  readonly type: 'file';
  readonly name: string;
  /** As the client states it, with a path if there is one; `secureFilename` makes it a safe name. */
  readonly filename: string;
  /** The header fields of the part. As everywhere, a code unit of a value is one octet. */
  readonly headers: Headers;
}

/** A piece of the content of the part that began last; the last piece when `moreData` is false. */
export interface DataEvent {
  readonly type: 'data';
  /** May be empty, and may be a view of a chunk that was received. */
  readonly data: Uint8Array;
  readonly moreData: boolean;
}

/** What stands after the last delimiter; a part of it while `moreData` holds. It has no meaning. */
export interface EpilogueEvent {
  readonly type: 'epilogue';
  readonly data: Uint8Array;
  readonly moreData: boolean;
}

/**
 * What a multipart body consists of, in order: one `preamble` or more, for each part a `field` or a
 * `file` and one `data` or more, and one `epilogue` or more.
 */
export type MultipartEvent = PreambleEvent | FieldEvent | FileEvent | DataEvent | EpilogueEvent;

/** What can be encoded: the events of a decoder, or plain objects that leave the usual out. */
export type MultipartEventInit =
  | { readonly type: 'preamble' | 'data' | 'epilogue'; readonly data: Uint8Array }
  | {
      readonly type: 'field';
      readonly name: string;
      readonly headers?: HeadersInit | undefined;
    }
  | {
      readonly type: 'file';
      readonly name: string;
      readonly filename: string;
      readonly headers?: HeadersInit | undefined;
    };
