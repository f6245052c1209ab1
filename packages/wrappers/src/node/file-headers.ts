import {
  ArgumentError,
  ContentDisposition,
  getContentType,
  Headers,
  httpDate,
} from '@werkstatt/core';
import { guessFileType } from './file-type.ts';
import type { SendFileOptions } from './send-file-options.ts';

/** What is known of a file without opening it. */
export interface NamedFile {
  readonly name?: string | undefined;
  readonly path?: string | undefined;
  readonly mimetype?: string | undefined;
}

/**
 * The header fields that say what a file is, under which name it is saved, and for how long it may
 * be kept.
 *
 * @throws ArgumentError when there is no name to attach the content under, or neither a name nor a
 *   media type.
 */
export function fileHeaders(file: NamedFile, options: SendFileOptions): Headers {
  const headers = new Headers();
  const { asAttachment = false, downloadName = file.name } = options;
  describeType(headers, options.mimetype ?? file.mimetype, downloadName, asAttachment);
  if (downloadName !== undefined) {
    const type = asAttachment ? 'attachment' : 'inline';
    const disposition = new ContentDisposition(type, { filename: downloadName });
    headers.set('Content-Disposition', disposition.toHeader());
  } else if (asAttachment) {
    throw new ArgumentError('An attachment is saved under a name: pass downloadName.');
  }
  const { maxAge } = options;
  describeAge(headers, typeof maxAge === 'function' ? maxAge(file.path) : maxAge);
  return headers;
}

function describeType(
  headers: Headers,
  mimetype: string | undefined,
  name: string | undefined,
  asAttachment: boolean,
): void {
  if (mimetype !== undefined) {
    headers.set('Content-Type', getContentType(mimetype));
    return;
  }
  if (name === undefined) {
    throw new ArgumentError(
      'The content has no name from which its type could be told: pass mimetype, or downloadName.',
    );
  }
  const guessed = guessFileType(name);
  headers.set('Content-Type', getContentType(guessed.mimetype ?? 'application/octet-stream'));
  // A browser undoes the encoding of what it shows, and would of a .tar.gz that it saves.
  if (guessed.encoding !== null && !asAttachment) headers.set('Content-Encoding', guessed.encoding);
}

function describeAge(headers: Headers, maxAge: number | undefined): void {
  if (maxAge === undefined) {
    headers.set('Cache-Control', 'no-cache');
    return;
  }
  if (!Number.isSafeInteger(maxAge) || maxAge < 0) {
    throw new ArgumentError(`maxAge is a whole number of seconds, 0 or more, not ${maxAge}.`);
  }
  const policy = maxAge > 0 ? 'public' : 'no-cache';
  headers.set('Cache-Control', `${policy}, max-age=${maxAge}`);
  headers.set('Expires', httpDate(new Date(Date.now() + maxAge * 1000)));
}
