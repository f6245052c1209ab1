import type { Headers, HeadersInit } from '@werkstatt/core';

/** What a response can be given beside its body. */
export interface ResponseOptions {
  /** A code, or a code and a phrase: `'404 Not here'`. Default: the class's `defaultStatus`. */
  status?: number | string | undefined;
  /** Header fields. A `Headers` is used as it is, not copied. */
  headers?: Headers | HeadersInit | undefined;
  /**
   * The media type; text types get `charset=utf-8`. Default: the class's `defaultMimetype`, unless
   * `headers` have a `Content-Type`.
   */
  mimetype?: string | undefined;
  /** The whole `Content-Type`, in place of `mimetype`. */
  contentType?: string | undefined;
}
