import { SecurityError } from '../exceptions/bad-request.ts';
import type { Environ } from '../protocol.ts';
import { hostIsTrusted } from './host-is-trusted.ts';
import { splitHost } from './split-host.ts';

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['ws', '80'],
  ['https', '443'],
  ['wss', '443'],
]);

/** The keys of an environ that say which host a request is for. */
export type HostEnviron = Pick<Environ, 'SERVER_NAME' | 'SERVER_PORT'> & {
  readonly HTTP_HOST?: string | undefined;
  readonly 'gateway.url_scheme': string;
};

/**
 * The host that a request is for (RFC 9110 section 7.2): its `Host` header, or without one the
 * server's own name and port. The scheme's default port is left out. A host that is malformed, or
 * unknown (a Unix socket has none), is `''`: a Host header is the client's word, so it is checked
 * before it gets into a URL.
 *
 * @param trustedHosts the hosts to answer for, as in `hostIsTrusted`. Without it, a client chooses
 *   the host of every absolute URL that is made from the request.
 * @throws SecurityError when the host is not one of `trustedHosts`.
 */
export function getHost(environ: HostEnviron, trustedHosts?: Iterable<string> | null): string {
  const stated = environ.HTTP_HOST ?? serverHost(environ);
  if (stated === undefined) return '';
  const trusted = trustedHosts && [...trustedHosts];
  if (trusted?.length && !hostIsTrusted(stated, trusted)) {
    throw new SecurityError(`Host ${JSON.stringify(stated)} is not trusted.`);
  }
  const parts = splitHost(stated);
  if (!parts) return '';
  const isDefault = parts.port === DEFAULT_PORTS.get(environ['gateway.url_scheme']);
  return isDefault ? stated.slice(0, -1 - parts.port.length) : stated;
}

/** The server's name and port; `undefined` for a Unix socket, which has neither. */
function serverHost(environ: HostEnviron): string | undefined {
  const name = environ.SERVER_NAME;
  if (name === '' || name.includes('/')) return undefined;
  const host = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  return environ.SERVER_PORT === '' ? host : `${host}:${environ.SERVER_PORT}`;
}
