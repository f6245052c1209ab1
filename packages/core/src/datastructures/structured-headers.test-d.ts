import { expectTypeOf } from 'vitest';
import { Accept } from './accept.ts';
import { Authorization } from './authorization.ts';
import { ContentRange } from './content-range.ts';
import { ContentSecurityPolicy } from './content-security-policy.ts';
import { HeaderSet } from './header-set.ts';
import { LanguageAccept } from './language-accept.ts';
import { MIMEAccept } from './mime-accept.ts';
import { Range } from './range.ts';
import { RequestCacheControl } from './request-cache-control.ts';
import { ResponseCacheControl } from './response-cache-control.ts';
import { WWWAuthenticate } from './www-authenticate.ts';

// Each class makes its own kind.
expectTypeOf(MIMEAccept.fromHeader('*/*')).toEqualTypeOf<MIMEAccept>();
expectTypeOf(LanguageAccept.fromHeader(null)).toEqualTypeOf<LanguageAccept>();
expectTypeOf(Range.fromHeader('bytes=0-')).toEqualTypeOf<Range | null>();
expectTypeOf(Authorization.fromHeader('')).toEqualTypeOf<Authorization | null>();

// The best match is one of the offers, or the default.
expectTypeOf(Accept.fromHeader('br').bestMatch(['br', 'gzip'])).toEqualTypeOf<
  'br' | 'gzip' | null
>();
expectTypeOf(LanguageAccept.fromHeader('de').bestMatch(['de', 'en'], 'en')).toEqualTypeOf<
  'de' | 'en'
>();
// @ts-expect-error offers are texts
Accept.fromHeader('br').bestMatch([1]);
// @ts-expect-error qualities are numbers
new Accept([['br', '1']]);

const response = new ResponseCacheControl();
expectTypeOf(response.maxAge).toEqualTypeOf<number | null>();
expectTypeOf(response.noCache).toEqualTypeOf<string | boolean | null>();
response.maxAge = 5;
response.maxAge = null;
// @ts-expect-error seconds are a number
response.maxAge = '5';
// @ts-expect-error a flag is there or not
response.public = 'yes';
// @ts-expect-error there is no such directive
response.maxage = 5;

const request = RequestCacheControl.fromHeader('no-cache');
expectTypeOf(request.maxStale).toEqualTypeOf<number | true | null>();
// @ts-expect-error it cannot be changed
request.maxAge = 5;
// @ts-expect-error it cannot be changed
request.set('max-age', '5');

const policy = new ContentSecurityPolicy();
policy.imgSrc = "'self'";
// @ts-expect-error a directive is one text
policy.imgSrc = ["'self'"];
// @ts-expect-error there is no such directive
policy.imageSrc = "'self'";

// @ts-expect-error a range has a begin
new Range('bytes', [[null, 5]]);
// @ts-expect-error a range has units
new ContentRange({ start: 0, stop: 5 });
// @ts-expect-error it cannot be changed
new Range('bytes', [[0, 1]]).units = 'items';

new HeaderSet(['a'], (set) => expectTypeOf(set).toEqualTypeOf<HeaderSet>());
new WWWAuthenticate('basic', { realm: 'x' }, null, (challenge) =>
  expectTypeOf(challenge).toEqualTypeOf<WWWAuthenticate>(),
);
// @ts-expect-error values are texts
new WWWAuthenticate('basic', { realm: 5 });
