import { expectTypeOf } from 'vitest';
import type { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { type CookieOptions, dumpCookie } from './dump-cookie.ts';
import { parseCookie } from './parse-cookie.ts';

expectTypeOf(parseCookie('a=b')).toEqualTypeOf<ImmutableMultiDict<string>>();
parseCookie(undefined);
expectTypeOf(dumpCookie('a')).toEqualTypeOf<string>();
dumpCookie('a', 'b', { maxAge: 5, samesite: 'Lax', httponly: true, partitioned: true });
dumpCookie('a', 'b', { sameSite: 'none', httpOnly: true, expires: new Date(), path: null });
const options: CookieOptions = { domain: 'example.com', secure: true };
dumpCookie('a', 'b', options);

// @ts-expect-error a value is text
dumpCookie('a', 5);
// @ts-expect-error no such kind of site
dumpCookie('a', 'b', { samesite: 'Relaxed' });
// @ts-expect-error seconds are a number
dumpCookie('a', 'b', { maxAge: '5' });
// @ts-expect-error a mistyped option, and the cookie would go over HTTP
dumpCookie('a', 'b', { Secure: true });
// @ts-expect-error an attribute is there or not
dumpCookie('a', 'b', { secure: 'yes' });
// @ts-expect-error cookies that were received are not to be changed
parseCookie('a=b').find('a')?.push('c');
