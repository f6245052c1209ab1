import type { ServerSessionOptions } from 'node:http2';
import type { Limits } from '../http1/limits.ts';

/** Octets that a response's fields may have: what an application sends is its own affair. */
const MAX_SENT_HEADER = 0xffff_ffff;
/** `:method`, `:scheme`, `:authority` and `:path`. */
const PSEUDO_FIELDS = 4;
/** Frames that are invalid, and streams beyond the limit, before the connection ends. */
const MAX_INVALID = 100;
/** The largest value of a setting (RFC 9113 section 6.5.1). */
const MAX_SETTING = 0xffff_ffff;

/**
 * What `node:http2` is told of the limits. Beyond them it ends a stream with ENHANCE_YOUR_CALM, and
 * a connection that floods with SETTINGS, PING or invalid frames.
 */
export function sessionOptions(limits: Limits): ServerSessionOptions {
  return {
    // One more than is taken: that one is answered with 431.
    maxHeaderListPairs: bounded(limits.maxHeaderCount + PSEUDO_FIELDS + 1),
    maxSendHeaderBlockLength: MAX_SENT_HEADER,
    maxSessionInvalidFrames: MAX_INVALID,
    maxSessionRejectedStreams: MAX_INVALID,
    settings: {
      maxConcurrentStreams: bounded(limits.maxConcurrentStreams),
      maxHeaderListSize: bounded(limits.maxHeaderSize),
      enableConnectProtocol: false,
    },
    // What an application sets twice is its own affair, as with HTTP/1.1.
    strictSingleValueFields: false,
  };
}

function bounded(limit: number): number {
  return Math.min(Math.max(Math.floor(limit), 1), MAX_SETTING);
}
