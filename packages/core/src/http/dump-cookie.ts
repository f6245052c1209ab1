import { type SetCookie, stringifySetCookie } from 'cookie';
import { httpDate } from '../dates/http-date.ts';
import { InvalidCookieError } from '../errors/invalid-cookie-error.ts';
import { toAscii } from '../hosts/to-ascii.ts';
import { isToken } from './header-field.ts';
import { encodeUtf8 } from './latin1.ts';

/** When a cookie is sent along with requests that another site caused. */
export type SameSite = 'Strict' | 'Lax' | 'None' | 'strict' | 'lax' | 'none';

/** The attributes of a cookie (RFC 6265 section 4.1.2). */
export interface CookieOptions {
  /** How many seconds the cookie lives; 0 or less deletes it. Default: until the browser ends. */
  maxAge?: number | null | undefined;
  /** When the cookie ends: a time, seconds since 1970, or a date in HTTP's form. */
  expires?: Date | number | string | null | undefined;
  /** Adds `Expires` to go with `maxAge`, for clients that know no `Max-Age`. Default: true. */
  syncExpires?: boolean | undefined;
  /** The path below which the cookie is sent; `null` for that of the request. Default: `'/'`. */
  path?: string | null | undefined;
  /**
   * The domain whose subdomains get the cookie as well; a dot before it and a port after it are
   * left out. Default: the cookie goes back to the very host that set it and to no other.
   */
  domain?: string | null | undefined;
  /** Sends the cookie over HTTPS alone. Default: false. */
  secure?: boolean | undefined;
  /** Hides the cookie from the page's scripts. Default: false. */
  httponly?: boolean | undefined;
  /** The same as `httponly`, as JavaScript has it elsewhere. */
  httpOnly?: boolean | undefined;
  /** Whether other sites' requests carry the cookie. Browsers take `Lax` when it is not set. */
  samesite?: SameSite | Uppercase<SameSite> | null | undefined;
  /** The same as `samesite`, as JavaScript has it elsewhere. */
  sameSite?: SameSite | Uppercase<SameSite> | null | undefined;
  /** Keeps the cookie apart for each site that embeds this one. Makes it `Secure`. */
  partitioned?: boolean | undefined;
  /** Warns of a cookie of more bytes, for browsers drop it silently; 0: never. Default: 4093. */
  maxSize?: number | undefined;
}

const FIRST_EXPIRY = Date.UTC(1601, 0, 1);
const BARE_VALUE = /^[\w!#$%&'()*+\-./:<=>?@[\]^`{|}~]*$/;
const ESCAPED_OCTET = /[\x00-\x1f",;\\\x7f-\xff]/g;
const NOT_IN_PATH = /[^\w%!$&'()*+,/:=@.~-]/gu;
const DOMAIN = /^[a-z0-9.-]+$/i;
const HOST_PREFIX = /^__Host-/i;
const SECURE_PREFIX = /^__(?:Host|Secure)-/i;

/**
 * The value of a `Set-Cookie` header (RFC 6265 section 4.1). Of the value, what a cookie cannot
 * hold is written in quotes, octet by octet; `parseCookie` undoes that. The attributes are checked,
 * so that nothing in one can become another. A name that begins with `__Secure-` or `__Host-` makes
 * the cookie `Secure`.
 *
 * @throws InvalidCookieError when a part of the cookie cannot be sent, or when no browser would
 *   take it: a `__Host-` cookie has no domain, and the path `/`.
 */
export function dumpCookie(name: string, value: string = '', options: CookieOptions = {}): string {
  checkName(name, options);
  const dumped = `${name}=${quoteValue(value)}${dumpAttributes(name, options)}`;
  warnOfSize(name, dumped.length, options.maxSize ?? 4093);
  return dumped;
}

function checkName(name: string, options: CookieOptions): void {
  if (!isToken(name)) {
    throw new InvalidCookieError(
      `Cookie name ${JSON.stringify(name)} is not a token. ` +
        "Use letters, digits and any of !#$%&'*+-.^_`|~ and nothing else.",
    );
  }
  if (!HOST_PREFIX.test(name)) return;
  if (options.domain) {
    throw new InvalidCookieError(`Cookie ${name} cannot have a domain. Leave domain out.`);
  }
  if (options.path !== undefined && options.path !== '/') {
    throw new InvalidCookieError(`Cookie ${name} must have the path '/'. Leave path out.`);
  }
}

function quoteValue(value: string): string {
  if (BARE_VALUE.test(value)) return value;
  const escaped = encodeUtf8(value).replace(ESCAPED_OCTET, (octet) =>
    octet === '"' || octet === '\\'
      ? `\\${octet}`
      : `\\${octet.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}

/** The attributes, checked and written by `cookie`, in Werkzeug's order. */
function dumpAttributes(name: string, options: CookieOptions): string {
  let dumped: string;
  let expires: string;
  try {
    expires = dumpExpires(options);
    dumped = stringifySetCookie(toSetCookie(name, options));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidCookieError(`Cookie ${name} cannot be sent: ${reason}`, { cause });
  }
  return inOrder(dumped, name.length + 1, expires);
}

/** The attributes that begin at `start`, each with its `; `, in another order. */
function inOrder(dumped: string, start: number, expires: string): string {
  let domain = '';
  let maxAge = '';
  let secure = '';
  let httpOnly = '';
  let path = '';
  let sameSite = '';
  let partitioned = '';
  while (start < dumped.length) {
    const next = dumped.indexOf('; ', start + 2);
    const end = next < 0 ? dumped.length : next;
    const attribute = dumped.slice(start, end);
    start = end;
    if (attribute.startsWith('; Path=')) path = attribute;
    else if (attribute.startsWith('; H')) httpOnly = attribute;
    else if (attribute.startsWith('; Sa')) sameSite = attribute;
    else if (attribute.startsWith('; S')) secure = attribute;
    else if (attribute.startsWith('; M')) maxAge = attribute;
    else if (attribute.startsWith('; D')) domain = attribute;
    else partitioned = attribute;
  }
  return domain + expires + maxAge + secure + httpOnly + path + sameSite + partitioned;
}

function toSetCookie(name: string, options: CookieOptions): SetCookie {
  const { maxAge, path = '/', secure, partitioned } = options;
  const sameSite = options.samesite ?? options.sameSite;
  const cookie: SetCookie = { name, value: undefined };
  if (maxAge != null) cookie.maxAge = maxAge;
  if (options.domain) cookie.domain = cookieDomain(options.domain);
  if (path !== null) cookie.path = encodePath(path);
  if (sameSite) cookie.sameSite = sameSite.toLowerCase() as Lowercase<SameSite>;
  cookie.secure = secure || partitioned || SECURE_PREFIX.test(name);
  cookie.httpOnly = options.httponly || options.httpOnly || false;
  cookie.partitioned = partitioned ?? false;
  return cookie;
}

/** `Expires`; `cookie` would write it too, and take longer for it than for all the rest. */
function dumpExpires({ expires, maxAge, syncExpires = true }: CookieOptions): string {
  if (expires == null && (maxAge == null || !syncExpires)) return '';
  const time = new Date(
    expires == null
      ? Date.now() + maxAge! * 1000
      : typeof expires === 'number'
        ? expires * 1000
        : expires,
  );
  // Browsers take an earlier one for no date at all (RFC 6265 section 5.1.1).
  if (time.getTime() < FIRST_EXPIRY) throw new TypeError('expires is before the year 1601');
  return `; Expires=${httpDate(time)}`;
}

function cookieDomain(domain: string): string {
  const name = domain.replace(/:[0-9]+$/, '').replace(/^\./, '');
  const ascii = toAscii(name);
  if (ascii && DOMAIN.test(ascii)) return ascii;
  throw new TypeError(`${JSON.stringify(domain)} is no domain. Use a host name, as example.com`);
}

function encodePath(path: string): string {
  if (path === '/') return path;
  return path.toWellFormed().replace(NOT_IN_PATH, encodeURIComponent);
}

function warnOfSize(name: string, size: number, maxSize: number): void {
  if (maxSize <= 0 || size <= maxSize) return;
  console.warn(
    `Cookie ${name} has ${size} bytes, more than the ${maxSize} that browsers are sure to keep. ` +
      'Keep the data on the server, and only its key in the cookie.',
  );
}
