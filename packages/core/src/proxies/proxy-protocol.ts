import { ProxyProtocolError } from '../errors/proxy-protocol-error.ts';
import { parseProxyBlock } from './proxy-block.ts';
import { parseProxyLine } from './proxy-line.ts';

/** One end of a connection. */
export interface ProxyEndpoint {
  /** An IP address, or the path of a Unix socket. */
  readonly address: string;
  /** 0 for a Unix socket. */
  readonly port: number;
}

/** What a proxy tells of a connection before its first byte. */
export interface ProxyHeader {
  readonly version: 1 | 2;
  /** The client; `null` when the proxy itself is, or does not say. */
  readonly source: ProxyEndpoint | null;
  /** Where the client had connected to. */
  readonly destination: ProxyEndpoint | null;
  /** How many bytes the header has: the connection's own begin there. */
  readonly length: number;
}

const LINE_START = Uint8Array.from('PROXY ', (character) => character.charCodeAt(0));
const BLOCK_START = Uint8Array.of(13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10);

/**
 * Parses the header of the PROXY protocol, versions 1 and 2, at the beginning of a connection. Take
 * it only from proxies of yours: whoever sends it chooses the client's address.
 *
 * @param bytes what has arrived so far.
 * @returns `null` when these are the first bytes of a header and more have to come.
 * @throws ProxyProtocolError when they are not.
 */
export function parseProxyProtocol(bytes: Uint8Array): ProxyHeader | null {
  if (startsAlike(bytes, LINE_START)) {
    return bytes.length < LINE_START.length ? null : parseProxyLine(bytes);
  }
  if (startsAlike(bytes, BLOCK_START)) {
    return bytes.length < BLOCK_START.length ? null : parseProxyBlock(bytes);
  }
  throw new ProxyProtocolError(
    'The connection does not begin with a PROXY protocol header. Does the proxy send one?',
  );
}

/** Whether two arrays are the same for as long as both go. */
function startsAlike(bytes: Uint8Array, start: Uint8Array): boolean {
  const length = Math.min(bytes.length, start.length);
  for (let index = 0; index < length; index++) if (bytes[index] !== start[index]) return false;
  return true;
}
