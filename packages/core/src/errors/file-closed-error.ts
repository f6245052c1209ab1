/** A file was to be read, or saved, after its `close()`. */
export class FileClosedError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_FILE_CLOSED';

  /** @param filename the name that the client gave the file, if it gave one. */
  constructor(filename: string | null) {
    const title = filename === null ? 'The file' : `The file ${JSON.stringify(filename)}`;
    super(
      `${title} is closed, as all files of a request are at its end. Read or save it before that.`,
    );
    this.name = 'FileClosedError';
  }
}
