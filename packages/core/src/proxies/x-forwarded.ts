/**
 * What proxies tell of a request in the `X-Forwarded-*` headers. Anyone can send these headers, so
 * only what one's own proxies have added is true: each adds to the right end of the list, and with
 * `hops` of them the value of the outermost is the one at that place from the right. It is checked
 * all the same, for it gets into URLs and logs.
 */
import { isIPv4, isIPv6 } from '../fields/ip-address.ts';
import { splitHost } from '../hosts/split-host.ts';
import { trimBlanks } from '../http/blanks.ts';

/** Where a request came from. */
export interface ForwardedAddress {
  /** An IP address, an IPv6 one without brackets, or a name. */
  address: string;
  /** The port's digits; `''` when there is none. */
  port: string;
}

/** A scheme that a request can have come by. */
export type ForwardedScheme = 'http' | 'https' | 'ws' | 'wss';

const SCHEMES: ReadonlyMap<string, ForwardedScheme> = new Map(
  (['http', 'https', 'ws', 'wss'] as const).map((scheme) => [scheme, scheme]),
);

const WITH_PORT = /^(?:\[([0-9a-f:.]{2,45})\]|([0-9.]{7,15})):([0-9]{1,5})$/i;
const NAME = /^[\w.-]{1,255}$/;
const PORT = /^[0-9]{1,5}$/;
const NOT_IN_PREFIX = /[\x00-\x20\x7f"<>\\^`{|}?#]|\/\//;

/**
 * The value that the outermost of `hops` proxies has added to a list. Empty values do not count. A
 * comma always parts two values, within quotes as well: no proxy of one's own writes such a value,
 * and a client's open quote must not swallow what a proxy has added.
 *
 * @param header the field's value; repeated fields joined by commas, in their order.
 * @returns `null` when there are fewer values than proxies: then the request took another way.
 */
export function forwardedValue(header: string | null | undefined, hops: number): string | null {
  if (!header || hops < 1) return null;
  let found = 0;
  for (let end = header.length; end >= 0; ) {
    const comma = end === 0 ? -1 : header.lastIndexOf(',', end - 1);
    const value = trimBlanks(header.slice(comma + 1, end));
    if (value !== '' && ++found === hops) return withoutQuotes(value);
    end = comma;
  }
  return null;
}

/** The address, with its port, that `X-Forwarded-For` tells of; `null` for what is none. */
export function parseXForwardedFor(
  header: string | null | undefined,
  hops: number = 1,
): ForwardedAddress | null {
  const value = forwardedValue(header, hops);
  if (value === null) return null;
  const [, ipv6, ipv4, digits = ''] = WITH_PORT.exec(value) ?? [];
  const address = ipv6 ?? ipv4 ?? withoutBrackets(value);
  const port = digits === '' ? '' : portOf(digits);
  if (port === null) return null;
  return isIPv4(address) || isIPv6(address) || NAME.test(address) ? { address, port } : null;
}

/** The scheme that `X-Forwarded-Proto` tells of; `null` for any but those of the web. */
export function parseXForwardedProto(
  header: string | null | undefined,
  hops: number = 1,
): ForwardedScheme | null {
  const value = forwardedValue(header, hops);
  return (value && SCHEMES.get(value.toLowerCase())) || null;
}

/** The host, with its port, that `X-Forwarded-Host` tells of; `null` for what is none. */
export function parseXForwardedHost(
  header: string | null | undefined,
  hops: number = 1,
): string | null {
  const value = forwardedValue(header, hops);
  return value !== null && splitHost(value) ? value : null;
}

/** The port that `X-Forwarded-Port` tells of, in decimal digits; `null` for what is none. */
export function parseXForwardedPort(
  header: string | null | undefined,
  hops: number = 1,
): string | null {
  const value = forwardedValue(header, hops);
  return value === null ? null : portOf(value);
}

/**
 * The path that `X-Forwarded-Prefix` says a proxy has taken away, without slashes at its end; `''`
 * for the root, and `null` for what is no path: with two slashes in a row, say, it would begin the
 * URL of another site.
 */
export function parseXForwardedPrefix(
  header: string | null | undefined,
  hops: number = 1,
): string | null {
  const value = forwardedValue(header, hops);
  if (!value?.startsWith('/') || NOT_IN_PREFIX.test(value)) return null;
  return value.endsWith('/') ? value.slice(0, -1) : value;
}

function portOf(digits: string): string | null {
  const port = PORT.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? String(port) : null;
}

function withoutQuotes(value: string): string {
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return isQuoted ? value.slice(1, -1) : value;
}

function withoutBrackets(value: string): string {
  return value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : value;
}
