import { dumpDict } from '../http/dump-header.ts';
import { eachDictMember } from '../http/parse-dict-header.ts';
import { type DirectiveKind, Directives } from './directives.ts';

/** The directives of a `Cache-Control` header as pairs. */
export type CacheDirectives = Iterable<readonly [name: string, value: string | null]>;

/**
 * What the two kinds of `Cache-Control` share (RFC 9111 section 5.2). It is a `Map` of directives,
 * whose names are in lower case, and has a property for each that is known; seconds that are none
 * read as null.
 */
export abstract class CacheControl extends Directives<string | null> {
  /** `no-store`: nothing of this may be stored. */
  declare noStore: boolean;
  /** `no-transform`: nobody on the way may change the content. */
  declare noTransform: boolean;
  /** `max-age`: for how many seconds a response counts as fresh. */
  declare maxAge: number | null;
  /** `stale-if-error`: for how many seconds a stale response may stand for an error (RFC 5861). */
  declare staleIfError: number | null;

  /** The header's value. */
  override toHeader(): string {
    return dumpDict(this);
  }
}

/** The properties that both kinds have. */
export const SHARED_DIRECTIVES: Readonly<Record<string, readonly [string, DirectiveKind]>> = {
  noStore: ['no-store', 'flag'],
  noTransform: ['no-transform', 'flag'],
  maxAge: ['max-age', 'seconds'],
  staleIfError: ['stale-if-error', 'seconds'],
};

/** The directives of a header; of several with one name the last holds. */
export function parseCacheDirectives(
  header: string | null | undefined,
): [name: string, value: string | null][] {
  const directives: [string, string | null][] = [];
  eachDictMember(header, (name, value) => directives.push([name.toLowerCase(), value]));
  return directives;
}
