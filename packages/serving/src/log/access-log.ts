import type { Environ, HeaderList } from '@werkstatt/core/protocol';

/** What is known of an answered request when its line is written. */
export interface AccessRecord {
  remoteAddr: string;
  /** When the request's head was complete, in milliseconds since the epoch. */
  time: number;
  method: string;
  /** The request target as received. */
  target: string;
  protocol: string;
  status: number;
  /** Octets of the response's body. */
  bytes: number;
  /** From the complete head to the last octet handed to the socket, in milliseconds. */
  duration: number;
  referrer: string | undefined;
  userAgent: string | undefined;
  /** The environ as the application got it, and left it; the format `'json'` leaves it out. */
  environ: Environ;
  /** The fields that the application gave; `'json'` leaves them out. */
  responseHeaders: HeaderList;
}

/**
 * `true` is `'common'`; another string is a format with gunicorn's atoms, such as
 * `'%(h)s "%(r)s" %(s)s %(D)s'`; a function gets the record and returns the line, without its end.
 */
export type AccessLogOption =
  | boolean
  | 'common'
  | 'combined'
  | 'json'
  | (string & {})
  | ((record: AccessRecord) => string);
