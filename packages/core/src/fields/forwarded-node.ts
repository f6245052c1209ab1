import { showAs } from '../datastructures/inspect.ts';
import { isIPv4, isIPv6 } from './ip-address.ts';

const NODE =
  /^(\[[0-9a-fA-F:.]+\]|[0-9.]+|[uU][nN][kK][nN][oO][wW][nN]|_[A-Za-z0-9._-]+)(?::([0-9]{1,5}|_[A-Za-z0-9._-]+))?$/;

/** A party to a request, as `Forwarded` names it (RFC 7239 section 6). */
export class ForwardedNode {
  static {
    showAs(ForwardedNode, String);
  }

  /** An address, an IPv6 one without brackets; `unknown`; or a name made up, with `_` before it. */
  readonly name: string;
  /** Digits, or a name made up; `null` when there is none. */
  readonly port: string | null;

  constructor(name: string, port: string | null = null) {
    this.name = name;
    this.port = port;
  }

  /** Takes a node apart: `[2001:db8::1]:4711`. `null` for anything else. */
  static parse(text: string): ForwardedNode | null {
    const match = NODE.exec(text);
    if (!match) return null;
    const [, name = '', port = null] = match;
    if (port !== null && !port.startsWith('_') && Number(port) > 65_535) return null;
    if (name.startsWith('_')) return new ForwardedNode(name, port);
    if (name.startsWith('[')) {
      const address = name.slice(1, -1);
      return isIPv6(address) ? new ForwardedNode(address, port) : null;
    }
    if (isIPv4(name)) return new ForwardedNode(name, port);
    return name.toLowerCase() === 'unknown' ? new ForwardedNode('unknown', port) : null;
  }

  /** Whether the name is an IP address. */
  get isAddress(): boolean {
    return this.name !== 'unknown' && !this.name.startsWith('_');
  }

  /** As it stands in the header, before it is quoted. */
  toString(): string {
    const name = this.name.includes(':') ? `[${this.name}]` : this.name;
    return this.port === null ? name : `${name}:${this.port}`;
  }
}
