import { describe, expect, it } from 'vitest';
import { type Interfaces, openAddresses } from './open-addresses.ts';

const INTERFACES = {
  lo: [{ family: 'IPv4', address: '127.0.0.1', internal: true }],
  eth0: [
    { family: 'IPv4', address: '192.168.1.5', internal: false },
    { family: 'IPv6', address: 'fe80::1', internal: false },
    { family: 'IPv6', address: '2001:db8::5', internal: false },
  ],
} as unknown as Interfaces;

describe('openAddresses', () => {
  it('is the host that was given', () => {
    expect(openAddresses('localhost', 4000, 'http', INTERFACES)).toEqual([
      'http://localhost:4000/',
    ]);
    expect(openAddresses('::1', 4443, 'https', INTERFACES)).toEqual(['https://[::1]:4443/']);
    expect(openAddresses('::1', 443, 'https', INTERFACES)).toEqual(['https://[::1]/']);
    expect(openAddresses('unix:///tmp/a.sock', 0, 'http', INTERFACES)).toEqual([
      'unix:///tmp/a.sock',
    ]);
  });

  it.each(['', '*', '::'])('is localhost and the network addresses for %j', (host) => {
    expect(openAddresses(host, 4000, 'http', INTERFACES)).toEqual([
      'http://localhost:4000/',
      'http://192.168.1.5:4000/',
      'http://[2001:db8::5]:4000/',
    ]);
  });

  it('leaves IPv6 out for 0.0.0.0', () => {
    expect(openAddresses('0.0.0.0', 4000, 'http', INTERFACES)).toEqual([
      'http://localhost:4000/',
      'http://192.168.1.5:4000/',
    ]);
  });
});
