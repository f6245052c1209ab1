import { expectTypeOf } from 'vitest';
import { ETags } from '../datastructures/etags.ts';
import { IfRange } from '../datastructures/if-range.ts';
import type { Environ } from '../protocol.ts';
import { quoteEtag, unquoteEtag } from './etag.ts';
import { isResourceModified } from './is-resource-modified.ts';

declare const environ: Environ;

expectTypeOf(isResourceModified(environ)).toEqualTypeOf<boolean>();
isResourceModified({ ifNoneMatch: '"a"', range: null }, { etag: '"a"', ignoreIfRange: false });
isResourceModified({ REQUEST_METHOD: 'GET' }, { data: new Uint8Array(), lastModified: new Date() });

// @ts-expect-error a mistyped header, and the condition would not count
isResourceModified({ ifNonMatch: '"a"' });
// @ts-expect-error a time is a date or its text
isResourceModified(environ, { lastModified: Date.now() });
// @ts-expect-error the tag is given as text
isResourceModified(environ, { etag: new ETags(['a']) });
// @ts-expect-error the state is an object
isResourceModified(environ, '"a"');
// @ts-expect-error headers are text
isResourceModified({ ifModifiedSince: new Date() });

const tags = ETags.fromHeader('"a", W/"b"');
expectTypeOf(tags).toEqualTypeOf<ETags>();
expectTypeOf(tags.strong).toEqualTypeOf<ReadonlySet<string>>();
expectTypeOf([...tags]).toEqualTypeOf<string[]>();
expectTypeOf(tags.asSet(true)).toEqualTypeOf<Set<string>>();
new ETags(new Set(['a']), { weak: ['b'], starTag: false });
// @ts-expect-error it cannot be changed
tags.strong.add('c');
// @ts-expect-error it cannot be changed
tags.starTag = true;
// @ts-expect-error the weak tags are an option
new ETags(['a'], ['b']);
// @ts-expect-error tags are texts
new ETags([1]);
// @ts-expect-error a tag is text
tags.contains(null);

expectTypeOf(IfRange.fromHeader(undefined)).toEqualTypeOf<IfRange>();
expectTypeOf(new IfRange({ etag: 'a' }).date).toEqualTypeOf<Date | null>();
new IfRange({ date: new Date() });
// @ts-expect-error the parts are an object
new IfRange('a');
// @ts-expect-error a date is no text: fromHeader reads one
new IfRange({ date: 'Sun, 06 Nov 1994 08:49:37 GMT' });
// @ts-expect-error it cannot be changed
new IfRange().etag = 'a';

const [tag, weak] = unquoteEtag('W/"a"');
expectTypeOf(tag).toEqualTypeOf<string | null>();
expectTypeOf(weak).toEqualTypeOf<boolean | null>();
// @ts-expect-error whether a tag is weak is an option
quoteEtag('a', true);
