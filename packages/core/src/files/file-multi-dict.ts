import { MultiDict } from '../datastructures/multi-dict.ts';
import type { ByteContent } from '../streams/chunks-of.ts';
import { FileStorage } from './file-storage.ts';
import { guessMimetype } from './guess-mimetype.ts';

/** What `addFile` is told of a file. */
export interface AddFileOptions {
  /** By default the name of a `File`. */
  filename?: string | null | undefined;
  /** By default what the end of the name stands for, else `application/octet-stream`. */
  contentType?: string | null | undefined;
}

/** The files of a form, by the names of its fields. */
export class FileMultiDict extends MultiDict<FileStorage> {
  /**
   * Adds a file to a field.
   *
   * @param file a `FileStorage`, which gets the field's name, or the content of one.
   */
  addFile(name: string, file: FileStorage | ByteContent, options: AddFileOptions = {}): void {
    if (file instanceof FileStorage) {
      file.name = name;
      this.add(name, file);
      return;
    }
    const storage = new FileStorage(file, { ...options, name });
    if (storage.contentType === null && storage.filename !== null) {
      const guessed = guessMimetype(storage.filename) ?? 'application/octet-stream';
      storage.headers.set('Content-Type', guessed);
    }
    this.add(name, storage);
  }

  /**
   * Closes every file, and every one of them whatever the others do.
   *
   * @throws AggregateError of what failed.
   */
  async close(): Promise<void> {
    const files = Array.from(this, ([, file]) => file);
    const results = await Promise.allSettled(files.map((file) => file.close()));
    const errors = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    if (errors.length > 0) throw new AggregateError(errors, 'Not every file could be closed.');
  }
}
