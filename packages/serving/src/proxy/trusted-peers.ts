import net from 'node:net';
import { OptionError } from '../running/option-errors.ts';

/** The name that stands for whoever may connect to a Unix socket. */
const UNIX = 'unix';

/** Who may say on whose behalf it connects: addresses and networks, and the peers of a Unix socket. */
export class TrustedPeers {
  readonly #addresses: net.BlockList = new net.BlockList();
  /** The peers of a Unix socket are trusted. */
  readonly unix: boolean;

  /**
   * @param trusted addresses (`'192.0.2.1'`, `'::1'`), networks (`'10.0.0.0/8'`) and `'unix'`.
   * @throws OptionError for anything else.
   */
  constructor(trusted: readonly string[]) {
    this.unix = trusted.includes(UNIX);
    for (const entry of trusted) if (entry !== UNIX) this.#add(entry);
  }

  #add(entry: string): void {
    const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry);
    const address = match?.[1] ?? '';
    const version = net.isIP(address);
    const bits = version === 4 ? 32 : 128;
    const prefix = match?.[2] === undefined ? bits : Number(match[2]);
    if (version === 0 || address.includes('%') || prefix > bits) {
      throw new OptionError(
        `The option 'proxyProtocol.trusted' has ${JSON.stringify(entry)}, which is no address, ` +
          "no network such as '10.0.0.0/8', and not 'unix'.",
      );
    }
    this.#addresses.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }

  /** Whether a peer's address is trusted, also in the form that IPv6 sockets have for IPv4. */
  has(address: string): boolean {
    const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
    const version = net.isIP(plain);
    if (version === 0) return false;
    return this.#addresses.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  }
}
