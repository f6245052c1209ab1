import { ImmutableError } from '../errors/immutable-error.ts';
import {
  CacheControl,
  type CacheDirectives,
  parseCacheDirectives,
  SHARED_DIRECTIVES,
} from './cache-control.ts';
import { defineDirectives } from './directives.ts';

/** `Cache-Control` of a request (RFC 9111 section 5.2.1); read-only. */
export class RequestCacheControl extends CacheControl {
  declare readonly noStore: boolean;
  declare readonly noTransform: boolean;
  declare readonly maxAge: number | null;
  declare readonly staleIfError: number | null;
  /** `no-cache`: use nothing stored without asking. */
  declare readonly noCache: boolean;
  /** `max-stale`: how many seconds stale a response may be; true: however stale. */
  declare readonly maxStale: number | true | null;
  /** `min-fresh`: for how many seconds more a response has to be fresh. */
  declare readonly minFresh: number | null;
  /** `only-if-cached`: give what is stored, or a 504. */
  declare readonly onlyIfCached: boolean;

  static {
    defineDirectives(RequestCacheControl, {
      ...SHARED_DIRECTIVES,
      noCache: ['no-cache', 'flag'],
      maxStale: ['max-stale', 'optional-seconds'],
      minFresh: ['min-fresh', 'seconds'],
      onlyIfCached: ['only-if-cached', 'flag'],
    });
  }

  constructor(directives?: CacheDirectives | null) {
    super(directives);
  }

  /** Parses a header; one with a quote that nothing closes has no directives. */
  static fromHeader(header: string | null | undefined): RequestCacheControl {
    return new RequestCacheControl(parseCacheDirectives(header));
  }

  /** @throws ImmutableError always. */
  override set(_name: never, _value: never): never {
    throw readOnly();
  }

  /** @throws ImmutableError always. */
  override delete(_name: never): never {
    throw readOnly();
  }

  /** @throws ImmutableError always. */
  override clear(): never {
    throw readOnly();
  }
}

function readOnly(): ImmutableError {
  return new ImmutableError('RequestCacheControl', 'Make a ResponseCacheControl of it.');
}
