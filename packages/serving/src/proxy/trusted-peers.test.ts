import { expect, it } from 'vitest';
import { OptionError } from '../running/option-errors.ts';
import { TrustedPeers } from './trusted-peers.ts';

it('trusts addresses and networks of both families, and no others', () => {
  const peers = new TrustedPeers(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1']);
  for (const address of ['10.0.0.1', '10.255.255.255', '192.0.2.7', '2001:db8:1::2', '::1']) {
    expect(peers.has(address), address).toBe(true);
  }
  for (const address of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '::2', '', 'localhost', '10']) {
    expect(peers.has(address), address).toBe(false);
  }
  expect(peers.unix).toBe(false);
});

it('knows IPv4 addresses as IPv6 sockets show them', () => {
  const peers = new TrustedPeers(['10.0.0.0/8']);
  expect(peers.has('::ffff:10.1.2.3')).toBe(true);
  expect(peers.has('::ffff:11.1.2.3')).toBe(false);
});

it("takes 'unix' for the peers of a Unix socket", () => {
  expect(new TrustedPeers(['unix']).unix).toBe(true);
  expect(new TrustedPeers(['unix']).has('unix')).toBe(false);
});

it.each(['', 'localhost', '10.0.0.0/33', '10.0.0.0/', '::1/129', '10.0.0/8', 'fe80::1%eth0', '*'])(
  'refuses %j',
  (entry) => {
    expect(() => new TrustedPeers([entry])).toThrow(OptionError);
    expect(() => new TrustedPeers([entry])).toThrow(`has ${JSON.stringify(entry)}, which is no`);
  },
);
