import { ProxyProtocolError } from '../errors/proxy-protocol-error.ts';
import { isIPv4, isIPv6 } from '../fields/ip-address.ts';
import type { ProxyEndpoint, ProxyHeader } from './proxy-protocol.ts';

/** The longest line that version 1 allows, with its line end. */
const MAX_LENGTH = 107;

const PORT = /^(?:0|[1-9][0-9]{0,4})$/;

const decoder = new TextDecoder('latin1');

/** Parses a header of version 1, which is a line: `PROXY TCP4 192.0.2.1 192.0.2.2 4711 443`. */
export function parseProxyLine(bytes: Uint8Array): ProxyHeader | null {
  const text = decoder.decode(bytes.subarray(0, MAX_LENGTH));
  const end = text.indexOf('\r\n');
  if (end < 0) {
    if (bytes.length < MAX_LENGTH) return null;
    throw malformed(`no line end within ${MAX_LENGTH} bytes`);
  }
  const [, family, from = '', to = '', fromPort = '', toPort = '', ...rest] = text
    .slice(0, end)
    .split(' ');
  const length = end + 2;
  if (family === 'UNKNOWN') return { version: 1, source: null, destination: null, length };
  const isAddress = family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : null;
  if (isAddress === null) throw malformed('a family other than TCP4, TCP6 and UNKNOWN');
  if (!isAddress(from) || !isAddress(to)) throw malformed(`an address that is not of ${family}`);
  if (rest.length > 0) throw malformed('more than two addresses and two ports');
  const source: ProxyEndpoint = { address: from, port: parsePort(fromPort) };
  return { version: 1, source, destination: { address: to, port: parsePort(toPort) }, length };
}

function parsePort(digits: string): number {
  const port = PORT.test(digits) ? Number(digits) : Number.NaN;
  if (port <= 65_535) return port;
  throw malformed('a port that is not a number up to 65535');
}

function malformed(what: string): ProxyProtocolError {
  return new ProxyProtocolError(`The PROXY protocol header, version 1, has ${what}.`);
}
