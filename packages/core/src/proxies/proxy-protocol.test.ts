import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProxyProtocolError } from '../errors/proxy-protocol-error.ts';
import { parseProxyProtocol } from './proxy-protocol.ts';

const SIGNATURE = [13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10];

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A header of version 2, with some of the connection's own bytes after it. */
function block(command: number, family: number, payload: readonly number[]): Uint8Array {
  const size = [payload.length >> 8, payload.length & 255];
  return Uint8Array.of(...SIGNATURE, command, family, ...size, ...payload, 71, 69, 84);
}

describe('version 1', () => {
  it('tells both ends of a connection', () => {
    expect(parseProxyProtocol(latin1('PROXY TCP4 192.0.2.1 192.0.2.2 4711 443\r\nGET /'))).toEqual({
      version: 1,
      source: { address: '192.0.2.1', port: 4711 },
      destination: { address: '192.0.2.2', port: 443 },
      length: 41,
    });
    expect(parseProxyProtocol(latin1('PROXY TCP6 2001:db8::1 ::1 0 65535\r\n'))).toMatchObject({
      source: { address: '2001:db8::1', port: 0 },
      destination: { address: '::1', port: 65535 },
    });
  });

  it('may tell nothing', () => {
    const unknown = { version: 1, source: null, destination: null };
    expect(parseProxyProtocol(latin1('PROXY UNKNOWN\r\n'))).toEqual({ ...unknown, length: 15 });
    expect(parseProxyProtocol(latin1('PROXY UNKNOWN a b\r\nx'))).toEqual({
      ...unknown,
      length: 19,
    });
  });

  it.each([
    'PROXY TCP4 1.2.3.4\r\n',
    'PROXY TCP4 999.1.1.1 1.1.1.1 1 2\r\n',
    'PROXY TCP4 01.1.1.1 1.1.1.1 1 2\r\n',
    'PROXY TCP4 ::1 ::1 1 2\r\n',
    'PROXY TCP6 1.1.1.1 1.1.1.1 1 2\r\n',
    'PROXY TCP4 1.1.1.1 1.1.1.1 1 65536\r\n',
    'PROXY TCP4 1.1.1.1 1.1.1.1 01 2\r\n',
    'PROXY TCP4 1.1.1.1 1.1.1.1 -1 2\r\n',
    'PROXY TCP4 1.1.1.1 1.1.1.1 1 2 3\r\n',
    'PROXY  TCP4 1.1.1.1 1.1.1.1 1 2\r\n',
    'PROXY TCP5 1.1.1.1 1.1.1.1 1 2\r\n',
    'PROXY \r\n',
    'proxy TCP4 1.1.1.1 1.1.1.1 1 2\r\n',
    `PROXY UNKNOWN ${'x'.repeat(100)}`,
    'GET / HTTP/1.1\r\n',
  ])('refuses %j', (text) => {
    expect(() => parseProxyProtocol(latin1(text))).toThrow(ProxyProtocolError);
  });
});

describe('version 2', () => {
  const ipv4 = [192, 0, 2, 1, 192, 0, 2, 2, 18, 103, 1, 187];

  it('tells both ends of a connection', () => {
    const source = { address: '192.0.2.1', port: 4711 };
    const destination = { address: '192.0.2.2', port: 443 };
    const expected = { version: 2, source, destination, length: 28 };
    expect(parseProxyProtocol(block(0x21, 0x11, ipv4))).toEqual(expected);
    const extended = parseProxyProtocol(block(0x21, 0x12, [...ipv4, 3, 0, 1, 9]));
    expect(extended).toEqual({ ...expected, length: 32 });
    const zeros = new Array<number>(14).fill(0);
    const ipv6 = [0x20, 1, 0x0d, 0xb8, ...zeros.slice(0, 11), 1, ...zeros, 0, 1, 0, 80, 1, 187];
    expect(parseProxyProtocol(block(0x21, 0x21, ipv6))).toMatchObject({
      source: { address: '2001:db8::1', port: 80 },
      destination: { address: '::1', port: 443 },
    });
  });

  it('writes IPv4-mapped addresses as sockets do', () => {
    const mapped = [...new Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1];
    const near = [...new Array<number>(9).fill(0), 1, 255, 255, 10, 0, 0, 1];
    expect(
      parseProxyProtocol(block(0x21, 0x21, [...mapped, ...near, 0, 80, 1, 187])),
    ).toMatchObject({
      source: { address: '::ffff:10.0.0.1', port: 80 },
      destination: { address: '::1:ffff:a00:1', port: 443 },
    });
  });

  it('tells the paths of Unix sockets', () => {
    const path = (text: string) => [...latin1(text.padEnd(108, '\0'))];
    const header = parseProxyProtocol(block(0x21, 0x31, [...path('/a'), ...path('b'.repeat(108))]));
    expect(header).toMatchObject({
      source: { address: '/a', port: 0 },
      destination: { address: 'b'.repeat(108), port: 0 },
    });
  });

  it('may tell nothing', () => {
    const nothing = { version: 2, source: null, destination: null };
    expect(parseProxyProtocol(block(0x20, 0x11, ipv4))).toEqual({ ...nothing, length: 28 });
    expect(parseProxyProtocol(block(0x21, 0, []))).toEqual({ ...nothing, length: 16 });
  });

  it('refuses other versions and families, and too few bytes of addresses', () => {
    for (const header of [
      block(0x11, 0x11, ipv4),
      block(0x22, 0x11, ipv4),
      block(0x21, 0x41, ipv4),
      block(0x21, 0x13, ipv4),
      block(0x21, 0x11, ipv4.slice(1)),
      block(0x21, 0x21, ipv4),
    ]) {
      expect(() => parseProxyProtocol(header)).toThrow(ProxyProtocolError);
    }
  });

  it('reads a part of a larger buffer', () => {
    const bytes = Uint8Array.of(1, 2, 3, ...block(0x21, 0x11, ipv4)).subarray(3);
    expect(parseProxyProtocol(bytes)?.source?.address).toBe('192.0.2.1');
  });
});

describe('a header that arrives in parts', () => {
  it('is waited for', () => {
    for (const bytes of [
      latin1('PROXY TCP4 192.0.2.1 192.0.2.2 4711 443\r\n'),
      block(0x21, 0x11, [192, 0, 2, 1, 192, 0, 2, 2, 18, 103, 1, 187]).subarray(0, 28),
    ]) {
      for (let end = 0; end < bytes.length; end++) {
        expect(parseProxyProtocol(bytes.subarray(0, end))).toBeNull();
      }
      expect(parseProxyProtocol(bytes)).not.toBeNull();
    }
  });

  it('gives a header or the one error, whatever the bytes', () => {
    const start = fc.constantFrom([], SIGNATURE, [...latin1('PROXY TCP4 ')]);
    const bytes = fc.tuple(start, fc.uint8Array({ maxLength: 120 }));
    fc.assert(
      fc.property(bytes, ([first, rest]) => {
        try {
          parseProxyProtocol(Uint8Array.of(...first, ...rest));
        } catch (error) {
          expect(error).toBeInstanceOf(ProxyProtocolError);
        }
      }),
    );
  });
});
