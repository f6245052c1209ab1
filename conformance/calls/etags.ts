import {
  ETags,
  IfRange,
  isResourceModified,
  type QuoteEtagOptions,
  quoteEtag,
  type RequestConditions,
  unquoteEtag,
} from '@werkstatt/core';
import type { Calls } from './call.ts';

type Check = 'contains' | 'containsWeak' | 'containsRaw' | 'isWeak' | 'isStrong';

/** What a case tells of a representation. */
interface Representation {
  readonly etag?: string;
  /** An ISO instant, which ends in Z, or an HTTP date. */
  readonly lastModified?: string;
  readonly ignoreIfRange?: boolean;
}

/** The calls of `http-etags`. */
export const etagCalls: Calls = {
  quoteEtag: (etag: string, options?: QuoteEtagOptions) => quoteEtag(etag, options),
  unquoteEtag: (etag: string | null) => unquoteEtag(etag),
  parseEtags(header: string | null) {
    const { strong, weak, starTag } = ETags.fromHeader(header);
    return { strong: [...strong].sort(), weak: [...weak].sort(), star: starTag };
  },
  etagsCheck: (header: string, check: Check, tag: string) => ETags.fromHeader(header)[check](tag),
  etagsToHeader: (strong: string[], weak: string[], star: boolean) =>
    new ETags(strong, { weak, starTag: star }).toHeader(),
  etagsTruthy: (header: string) => !ETags.fromHeader(header).isEmpty,
  etagsAsSet: (header: string, includeWeak: boolean) =>
    [...ETags.fromHeader(header).asSet(includeWeak)].sort(),
  parseIfRange(header: string | null) {
    const { etag, date } = IfRange.fromHeader(header);
    return { etag, date };
  },
  ifRangeToHeader: ({ etag, date }: { etag?: string; date?: string }) =>
    new IfRange({ etag, date: date === undefined ? undefined : new Date(date) }).toHeader(),
  isResourceModified(conditions: RequestConditions, what: Representation = {}) {
    const { lastModified } = what;
    const isInstant = lastModified?.endsWith('Z');
    return isResourceModified(conditions, {
      ...what,
      lastModified: isInstant ? new Date(lastModified!) : lastModified,
    });
  },
};
