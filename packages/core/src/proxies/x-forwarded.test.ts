import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import {
  forwardedValue,
  parseXForwardedFor,
  parseXForwardedHost,
  parseXForwardedPort,
  parseXForwardedPrefix,
  parseXForwardedProto,
} from './x-forwarded.ts';

describe('forwardedValue', () => {
  it('counts from the right, and only values that are there', () => {
    expect(forwardedValue('a, b, c', 1)).toBe('c');
    expect(forwardedValue('a, b, c', 3)).toBe('a');
    expect(forwardedValue('a,,\t ,b , ', 2)).toBe('a');
    expect(forwardedValue(',a', 1)).toBe('a');
    expect(forwardedValue('a', 1)).toBe('a');
  });

  it('is null when there are too few values, or no hops to trust', () => {
    for (const header of ['', ' ', ',', ',,', null, undefined]) {
      expect(forwardedValue(header, 1)).toBeNull();
    }
    expect(forwardedValue('a, b', 3)).toBeNull();
    expect(forwardedValue('a', 0)).toBeNull();
    expect(forwardedValue('a', -1)).toBeNull();
  });

  it('takes what the proxy has added, whatever a client had put before it', () => {
    const fromClient = anyText();
    fc.assert(
      fc.property(fromClient, (text) => forwardedValue(`${text}, 192.0.2.1`, 1) === '192.0.2.1'),
    );
    expect(forwardedValue('"6.6.6.6, 192.0.2.1', 1)).toBe('192.0.2.1');
    expect(forwardedValue('6.6.6.6, "192.0.2.1"', 1)).toBe('192.0.2.1');
  });
});

describe('parseXForwardedFor', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', ''],
    ['6.6.6.6, 192.0.2.1:4711', '192.0.2.1', '4711'],
    ['2001:db8::1', '2001:db8::1', ''],
    ['[2001:db8::1]', '2001:db8::1', ''],
    ['[2001:db8::1]:80', '2001:db8::1', '80'],
    ['client-1.internal', 'client-1.internal', ''],
  ])('reads %s', (header, address, port) => {
    expect(parseXForwardedFor(header)).toEqual({ address, port });
  });

  it.each(['1.2.3.4\r\nx', 'a b', '<script>', '1.2.3.4:99999', '[::1', '2001:db8:::1', '[a]:1'])(
    'is null for %j',
    (header) => {
      expect(parseXForwardedFor(header)).toBeNull();
    },
  );
});

describe('the other X-Forwarded headers', () => {
  it('tell a scheme of the web', () => {
    expect(parseXForwardedProto('http, HTTPS')).toBe('https');
    expect(parseXForwardedProto('https, http', 2)).toBe('https');
    for (const header of ['javascript', 'constructor', 'https:', '', null]) {
      expect(parseXForwardedProto(header)).toBeNull();
    }
  });

  it('tell a host that is well-formed', () => {
    expect(parseXForwardedHost('example.com:8080')).toBe('example.com:8080');
    expect(parseXForwardedHost('[2001:db8::a]')).toBe('[2001:db8::a]');
    for (const header of ['evil.example/x?', 'a@b', 'a b', '']) {
      expect(parseXForwardedHost(header)).toBeNull();
    }
  });

  it('tell a port', () => {
    expect(parseXForwardedPort('080')).toBe('80');
    expect(parseXForwardedPort('80, 8443')).toBe('8443');
    for (const header of ['80@evil.example', '0', '65536', '-1', '1e3', '0x50', '']) {
      expect(parseXForwardedPort(header)).toBeNull();
    }
  });

  it('tell a path that leads to no other site', () => {
    expect(parseXForwardedPrefix('/ham, /eggs')).toBe('/eggs');
    expect(parseXForwardedPrefix('/a/b/')).toBe('/a/b');
    expect(parseXForwardedPrefix('/')).toBe('');
    for (const header of ['//evil.example', '/\\evil', 'https://evil/', 'a', '/a//b', '/a?b', '']) {
      expect(parseXForwardedPrefix(header)).toBeNull();
    }
  });
});
