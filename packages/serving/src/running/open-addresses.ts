import { networkInterfaces } from 'node:os';
import { isWildcard, unixPath, urlOf } from '../servers/addresses.ts';

/** The interfaces of a machine, as `os.networkInterfaces()` has them. */
export type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * The URLs under which a person can open a server: those of this machine's addresses when it
 * listens on all of them.
 *
 * @param host as it was given: `''`, `'*'`, `'0.0.0.0'` and `'::'` are all addresses.
 */
export function openAddresses(
  host: string,
  port: number,
  scheme: 'http' | 'https',
  interfaces: Interfaces = networkInterfaces(),
): string[] {
  if (unixPath(host) !== undefined) return [host];
  const hosts = isWildcard(host)
    ? ['localhost', ...networkAddresses(interfaces, host !== '0.0.0.0')]
    : [host];
  return hosts.map((name) => `${urlOf(scheme, name, port)}/`);
}

/** Addresses that other machines can use; link-local ones need a zone, which no browser takes. */
function networkAddresses(interfaces: Interfaces, withIPv6: boolean): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family, address }) => {
      if (internal) return false;
      return family === 'IPv4' || (withIPv6 && !/^fe[89ab]/i.test(address));
    })
    .map(({ address }) => address);
}
