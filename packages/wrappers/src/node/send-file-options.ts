import type { Response, ResponseClass } from '../response/response.ts';
import type { Coding } from './precompressed.ts';

/** How `sendFile` answers. */
export interface SendFileOptions<R extends Response = Response> {
  /**
   * The media type; text types get `charset=utf-8`. Default: that of a `Blob`, else the one that the
   * end of the name stands for, else `application/octet-stream`.
   */
  mimetype?: string | undefined;
  /**
   * Has browsers save the file instead of showing it. Content that strangers uploaded should be:
   * shown, an HTML file of theirs runs as a page of yours. Default: `false`.
   */
  asAttachment?: boolean | undefined;
  /** The name to save the file under; any text. Default: that of the path, or of a `File`. */
  downloadName?: string | undefined;
  /** Whether conditions and ranges of the request are answered. Default: `true`. */
  conditional?: boolean | undefined;
  /**
   * The entity tag, without quotes; `true`: one made of the time of change and the size, `false`:
   * none. Content that is no file has one only if it is given here. Default: `true`.
   */
  etag?: boolean | string | undefined;
  /** When the content was last changed. Default: what the file, or a `File`, says. */
  lastModified?: Date | undefined;
  /**
   * For how many seconds caches may use the response without asking; a function gets the path, if
   * there is one. Default: none, they have to ask every time.
   */
  maxAge?: number | ((path: string | undefined) => number | undefined) | undefined;
  /**
   * Leaves the sending to a server in front of this one, which knows the header `X-Sendfile`: the
   * body is empty. Only where there is such a server; a path is told to everyone else. Default:
   * `false`.
   */
  useXSendfile?: boolean | undefined;
  /** The class of the response. Default: `Response`. */
  responseClass?: ResponseClass<R> | undefined;
  /**
   * Whether `page.html.br`, `.zst` and `.gz` beside `page.html` are sent to clients that take them;
   * or which of these codings. A copy that is older than the file is not. Default: `false`.
   */
  precompressed?: boolean | readonly Coding[] | undefined;
  /**
   * Whether a file of at most 64 KiB may be kept in memory; of all files together 16 MiB in each
   * process, those that were sent last. The system is asked at every request whether the file has
   * changed, and one that did within the last two seconds is not kept. With `false` it is read every
   * time, for a file system that does not tell of changes by size, times or inode. Default: `true`.
   */
  keptInMemory?: boolean | undefined;
  /** The length of a stream in bytes, if it is known: then ranges of it are served. */
  size?: number | undefined;
}
