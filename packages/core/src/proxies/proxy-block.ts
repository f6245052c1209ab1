import { ProxyProtocolError } from '../errors/proxy-protocol-error.ts';
import type { ProxyEndpoint, ProxyHeader } from './proxy-protocol.ts';

const PREFIX_LENGTH = 16;
const PATH_LENGTH = 108;

const LOCAL = 0x20;
const PROXY = 0x21;

/** The bytes of two addresses and two ports, by family. */
const ADDRESS_SIZES: readonly number[] = [0, 12, 36, 2 * PATH_LENGTH];

/** What the last eight bytes of `::ffff:0:0/96` begin with (RFC 4291 section 2.5.5.2). */
const IPV4_MAPPED = 0xffff;

const decoder = new TextDecoder();

/** Parses a header of version 2, which is binary. What it tells beyond addresses is left out. */
export function parseProxyBlock(bytes: Uint8Array): ProxyHeader | null {
  if (bytes.length < PREFIX_LENGTH) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const command = view.getUint8(12);
  if (command !== LOCAL && command !== PROXY) {
    throw malformed(`the version and command 0x${command.toString(16)}`);
  }
  const family = view.getUint8(13) >> 4;
  const transport = view.getUint8(13) & 15;
  if (family > 3 || transport > 2) throw malformed('an unknown family of addresses');
  const size = view.getUint16(14);
  const length = PREFIX_LENGTH + size;
  const unknown: ProxyHeader = { version: 2, source: null, destination: null, length };
  const isKnown = command === PROXY && family !== 0 && transport !== 0;
  const needed = isKnown ? ADDRESS_SIZES[family]! : 0;
  if (size < needed) throw malformed(`${size} bytes of addresses, where it needs ${needed}`);
  if (bytes.length < length) return null;
  if (!isKnown) return unknown;
  const addresses = new DataView(bytes.buffer, bytes.byteOffset + PREFIX_LENGTH, needed);
  const [source, destination] = readEndpoints(family, addresses);
  return { ...unknown, source, destination };
}

function readEndpoints(family: number, view: DataView): [ProxyEndpoint, ProxyEndpoint] {
  if (family === 3) {
    return [0, PATH_LENGTH].map((offset) => ({
      address: readPath(view, offset),
      port: 0,
    })) as [ProxyEndpoint, ProxyEndpoint];
  }
  const size = family === 1 ? 4 : 16;
  const read = family === 1 ? readIPv4 : readIPv6;
  return [
    { address: read(view, 0), port: view.getUint16(2 * size) },
    { address: read(view, size), port: view.getUint16(2 * size + 2) },
  ];
}

function readIPv4(view: DataView, offset: number): string {
  return [0, 1, 2, 3].map((at) => view.getUint8(offset + at)).join('.');
}

/**
 * An IPv6 address in the form of RFC 5952: as URLs have it, but IPv4-mapped ones as sockets do
 * (section 5), so that one client has one name.
 */
function readIPv6(view: DataView, offset: number): string {
  const isMapped = view.getBigUint64(offset) === 0n && view.getUint32(offset + 8) === IPV4_MAPPED;
  if (isMapped) return `::ffff:${readIPv4(view, offset + 12)}`;
  const groups = Array.from({ length: 8 }, (_, at) => view.getUint16(offset + 2 * at).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function readPath(view: DataView, offset: number): string {
  const octets = new Uint8Array(view.buffer, view.byteOffset + offset, PATH_LENGTH);
  const end = octets.indexOf(0);
  return decoder.decode(octets.subarray(0, end < 0 ? PATH_LENGTH : end));
}

function malformed(what: string): ProxyProtocolError {
  return new ProxyProtocolError(`The PROXY protocol header, version 2, has ${what}.`);
}
