import { expectTypeOf } from 'vitest';
import { ClearSiteData } from './clear-site-data.ts';
import { ContentDisposition } from './content-disposition.ts';
import {
  type COEP,
  type COOP,
  type CORP,
  parseCoep,
  parseCoop,
  parseCorp,
} from './cross-origin.ts';
import { dumpForwarded, type ForwardedElement, parseForwarded } from './forwarded.ts';
import { Link } from './link.ts';
import { PermissionsPolicy } from './permissions-policy.ts';
import { Priority } from './priority.ts';
import { parseSecFetchSite, type SecFetchSite } from './sec-fetch.ts';
import { StrictTransportSecurity } from './strict-transport-security.ts';

expectTypeOf(parseForwarded('')).toEqualTypeOf<readonly ForwardedElement[]>();
expectTypeOf(parseSecFetchSite('')).toEqualTypeOf<SecFetchSite | null>();
expectTypeOf(parseCoep('')).toEqualTypeOf<COEP>();
expectTypeOf(parseCoop('')).toEqualTypeOf<COOP>();
expectTypeOf(parseCorp('')).toEqualTypeOf<CORP | null>();
expectTypeOf(ContentDisposition.fromHeader('')).toEqualTypeOf<ContentDisposition | null>();
new ContentDisposition('inline', {}, (field) =>
  expectTypeOf(field).toEqualTypeOf<ContentDisposition>(),
);
new Link('/', { rel: 'next', hreflang: ['de', 'en'], crossorigin: true });
new PermissionsPolicy({ camera: [], fullscreen: ['*'] });

// @ts-expect-error no such type of data
new ClearSiteData(['cookie']);
// @ts-expect-error the age is needed
new StrictTransportSecurity({});
// @ts-expect-error the urgency is a number
new Priority({ urgency: '1' });
// @ts-expect-error not a site
expectTypeOf<'other-site'>().toExtend<SecFetchSite>();
// @ts-expect-error not a policy for openers
expectTypeOf<'require-corp'>().toExtend<COOP>();
// @ts-expect-error no such parameter; others are extensions
dumpForwarded([{ fo: '1.2.3.4' }]);
// @ts-expect-error the target is needed
new Link();
