import {
  CacheControl,
  type CacheDirectives,
  parseCacheDirectives,
  SHARED_DIRECTIVES,
} from './cache-control.ts';
import type { CallbackDict, OnUpdate } from './callback-dict.ts';
import { defineDirectives } from './directives.ts';

/**
 * `Cache-Control` of a response (RFC 9111 section 5.2.2). A flag is true or false; seconds and texts
 * are null while the directive is missing, and setting them to null removes it.
 */
export class ResponseCacheControl extends CacheControl {
  /** `no-cache`: ask before using this again; or only for the header fields that it names. */
  declare noCache: string | boolean | null;
  /** `public`: may be stored even where that is not usual, as for requests with credentials. */
  declare public: boolean;
  /** `private`: for one user alone; or only the header fields that it names are. */
  declare private: string | boolean | null;
  /** `must-revalidate`: once stale, never use this without asking. */
  declare mustRevalidate: boolean;
  /** `proxy-revalidate`: the same, for shared caches alone. */
  declare proxyRevalidate: boolean;
  /** `s-maxage`: for how many seconds shared caches count this as fresh. */
  declare sMaxage: number | null;
  /** `immutable`: while fresh it does not change, not even for a reload (RFC 8246). */
  declare immutable: boolean;
  /** `must-understand`: store this only if you know what its status means. */
  declare mustUnderstand: boolean;
  /** `stale-while-revalidate`: seconds for which a stale one may be used meanwhile (RFC 5861). */
  declare staleWhileRevalidate: number | null;

  static {
    defineDirectives(ResponseCacheControl, {
      ...SHARED_DIRECTIVES,
      noCache: ['no-cache', 'optional-text'],
      public: ['public', 'flag'],
      private: ['private', 'optional-text'],
      mustRevalidate: ['must-revalidate', 'flag'],
      proxyRevalidate: ['proxy-revalidate', 'flag'],
      sMaxage: ['s-maxage', 'seconds'],
      immutable: ['immutable', 'flag'],
      mustUnderstand: ['must-understand', 'flag'],
      staleWhileRevalidate: ['stale-while-revalidate', 'seconds'],
    });
  }

  /** @param onUpdate is called after every change. */
  constructor(directives?: CacheDirectives | null, onUpdate?: OnUpdate<ResponseCacheControl>) {
    super(directives, onUpdate as OnUpdate<CallbackDict<string, string | null>> | undefined);
  }

  /** Parses a header; one with a quote that nothing closes has no directives. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<ResponseCacheControl>,
  ): ResponseCacheControl {
    return new ResponseCacheControl(parseCacheDirectives(header), onUpdate);
  }
}
