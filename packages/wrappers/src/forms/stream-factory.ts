import type { ByteContent, Headers } from '@werkstatt/core';

/** What is known of an uploaded file before its first byte; all of it is the client's word. */
export interface FileUpload {
  /** The name of the form's field. */
  readonly name: string;
  /** The name that the client gives the file; `''` when no file was chosen. */
  readonly filename: string;
  /** The header fields of the part. */
  readonly headers: Headers;
  /** The media type with its parameters. */
  readonly contentType: string | undefined;
  /** How many bytes the whole request has, if the client stated it. */
  readonly totalContentLength: number | undefined;
  /**
   * A place for the file beside the form's other files: what `defaultStreamFactory` returns.
   *
   * @throws ArgumentError on a second call.
   */
  openSpool(): FileSink;
}

/**
 * Where the bytes of one uploaded file go. Calls come one after the other: each waits for what the
 * one before it returned, and the client waits as well.
 */
export interface FileSink {
  /** Takes the next bytes, 1 or more, which are the sink's to keep. */
  write(bytes: Uint8Array): void | Promise<void>;
  /**
   * Called after the last byte.
   *
   * @returns what the `FileStorage` of this file reads: the content, or `null` if it is not to be
   * read there. What it holds is freed by its `close()`, when the form is closed.
   */
  finish(): ByteContent | null | Promise<ByteContent | null>;
  /**
   * Called when the form fails or its client goes away, after `finish` as well: undoes everything.
   * What it throws is dropped, for the form's own error is the one to be told.
   */
  abort(error: unknown): void | Promise<void>;
}

/** Chooses where an uploaded file goes. What it throws ends the parsing of the form. */
export type StreamFactory = (file: FileUpload) => FileSink | Promise<FileSink>;

/**
 * Keeps a form's files in memory while all of them together are small, and in a temporary file from
 * then on. A factory of your own can leave to it the files that it doesn't care for.
 */
export function defaultStreamFactory(file: FileUpload): FileSink {
  return file.openSpool();
}
