/** The parts of a host with an optional port. */
export interface HostParts {
  /** The host in lower case; an IPv6 address with its brackets. */
  name: string;
  /** The port's digits; `''` when there is none. */
  port: string;
}

const HOST = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9:.]*\])(?::([0-9]{1,5}))?$/i;

/**
 * Takes a `Host` value apart. It accepts a name of letters, digits, dots and dashes, an IPv4
 * address, or an IPv6 address in brackets, and a port of digits: less than RFC 3986 section 3.2.2
 * allows, and nothing that two readers could take for different hosts.
 *
 * @returns `undefined` for anything else.
 */
export function splitHost(host: string): HostParts | undefined {
  const match = HOST.exec(host);
  return match ? { name: match[1]!.toLowerCase(), port: match[2] ?? '' } : undefined;
}
