import { hostname } from 'node:os';

/** Where one listening socket is bound. */
export type BindTarget =
  | { readonly kind: 'tcp'; readonly host: string | undefined; readonly optional: boolean }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'fd'; readonly fd: number };

const UNIX_SCHEME = 'unix://';

/** The path of a `unix://` host, or `undefined` for another one. */
export function unixPath(host: string): string | undefined {
  return host.startsWith(UNIX_SCHEME) ? host.slice(UNIX_SCHEME.length) : undefined;
}

/** Whether the host means all interfaces. */
export function isWildcard(host: string): boolean {
  return host === '' || host === '*' || host === '0.0.0.0' || host === '::';
}

/**
 * What must be bound for a host. `localhost` is both loopback addresses, for browsers try either;
 * a machine without IPv6 has only the first.
 */
export async function bindTargets(host: string, fd: number | undefined): Promise<BindTarget[]> {
  if (fd !== undefined) return [{ kind: 'fd', fd }];
  const path = unixPath(host);
  if (path !== undefined) return [{ kind: 'unix', path }];
  if (host === '' || host === '*') return [{ kind: 'tcp', host: undefined, optional: false }];
  if (host === 'localhost') {
    return [
      { kind: 'tcp', host: '127.0.0.1', optional: false },
      { kind: 'tcp', host: '::1', optional: true },
    ];
  }
  // Loaded where it is needed: it brings much with it.
  const { lookup } = await import('node:dns/promises');
  const { address } = await lookup(host);
  return [{ kind: 'tcp', host: address, optional: false }];
}

/**
 * `SERVER_NAME`: the name that was bound; for all interfaces this machine's; for a Unix socket its
 * path. Nothing is looked up.
 */
export function serverNameOf(host: string): string {
  return isWildcard(host) ? hostname() : (unixPath(host) ?? host);
}

/** The address to open: `http://localhost:4000`, with IPv6 in brackets; `unix:///path`. */
export function urlOf(scheme: 'http' | 'https', host: string, port: number): string {
  if (unixPath(host) !== undefined) return host;
  const name = isWildcard(host) ? 'localhost' : host;
  const shown = name.includes(':') ? `[${name}]` : name;
  const standard = port === (scheme === 'http' ? 80 : 443);
  return standard ? `${scheme}://${shown}` : `${scheme}://${shown}:${port}`;
}
