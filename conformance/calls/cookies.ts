import { type CookieOptions, dumpCookie, parseCookie, parseCookieText } from '@werkstatt/core';
import type { Calls } from './call.ts';

/** The calls of `http-cookies`. */
export const cookieCalls: Calls = {
  parseCookie: (header: string | null) => parseCookie(header),
  sansioParseCookie: (text: string | null) => parseCookieText(text),
  dumpCookie: (name: string, value?: string, options?: CookieOptions) =>
    dumpCookie(name, value, options),
};
