import { FileMultiDict, ImmutableMultiDict, type InputStream } from '@werkstatt/core';

/** What a form holds. */
export interface FormContents {
  readonly form: ImmutableMultiDict;
  readonly files: FileMultiDict;
  /** Where the files are that no factory of one's own has taken: closed when the form is. */
  readonly spool?: { close(): Promise<void> } | undefined;
}

/** A form that was read, and what its files take: a temporary file, perhaps. Close it in the end. */
export class ParsedForm implements AsyncDisposable {
  readonly #spool: FormContents['spool'];
  /** The body that the form came in: read to its end, or untouched if it is no form. */
  readonly stream: InputStream;
  /** The fields that are no files. */
  readonly form: ImmutableMultiDict;
  /** The uploaded files by the names of their fields. */
  readonly files: FileMultiDict;

  constructor(stream: InputStream, contents: Partial<FormContents> = {}) {
    this.stream = stream;
    this.form = contents.form ?? new ImmutableMultiDict();
    this.files = contents.files ?? new FileMultiDict();
    this.#spool = contents.spool;
  }

  /**
   * Closes every file, those included that were taken out of `files`, and removes the temporary file.
   * A second call does no harm.
   *
   * @throws AggregateError of what failed.
   */
  async close(): Promise<void> {
    try {
      if (this.files.size > 0) await this.files.close();
    } finally {
      await this.#spool?.close();
    }
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
