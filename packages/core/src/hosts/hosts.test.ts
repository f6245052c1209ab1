import { describe, expect, it } from 'vitest';
import { SecurityError } from '../exceptions/bad-request.ts';
import { getHost, type HostEnviron } from './get-host.ts';
import { hostIsTrusted } from './host-is-trusted.ts';

function makeEnviron(changes: Partial<HostEnviron> = {}): HostEnviron {
  return {
    SERVER_NAME: 'server.example',
    SERVER_PORT: '80',
    'gateway.url_scheme': 'http',
    ...changes,
  };
}

describe('getHost', () => {
  it('takes the Host header before the server’s name', () => {
    expect(getHost(makeEnviron({ HTTP_HOST: 'a.example:8080' }))).toBe('a.example:8080');
    expect(getHost(makeEnviron())).toBe('server.example');
    expect(getHost(makeEnviron({ SERVER_NAME: '::1', SERVER_PORT: '8080' }))).toBe('[::1]:8080');
  });

  it('leaves the default port of the scheme out', () => {
    expect(getHost(makeEnviron({ HTTP_HOST: 'a:80' }))).toBe('a');
    expect(getHost(makeEnviron({ HTTP_HOST: 'a:80', 'gateway.url_scheme': 'https' }))).toBe('a:80');
    expect(getHost(makeEnviron({ HTTP_HOST: '[::1]:443', 'gateway.url_scheme': 'wss' }))).toBe(
      '[::1]',
    );
  });

  it('is empty for a Unix socket without a Host header', () => {
    expect(getHost(makeEnviron({ SERVER_NAME: '', SERVER_PORT: '' }))).toBe('');
    expect(getHost(makeEnviron({ SERVER_NAME: '/run/app.sock', SERVER_PORT: '' }))).toBe('');
  });

  it.each([
    'a/x?',
    'a:x@evil',
    'user@evil',
    'a\\@evil',
    '[::1',
    '[::1]evil',
    'a:80:90',
    'a, b',
    'a\0.b',
    'a:0x50',
    'a:',
    'a b',
    '☃.net',
    '',
  ])('is empty for the malformed host %j', (host) => {
    expect(getHost(makeEnviron({ HTTP_HOST: host }))).toBe('');
    expect(() => getHost(makeEnviron({ HTTP_HOST: host }), ['a'])).toThrow(SecurityError);
  });

  it('refuses a host that is not trusted', () => {
    expect(() => getHost(makeEnviron({ HTTP_HOST: 'evil' }), ['a'])).toThrow(SecurityError);
    expect(() => getHost(makeEnviron(), ['a'])).toThrow(SecurityError);
    expect(getHost(makeEnviron({ HTTP_HOST: 'a:90' }), new Set(['a']))).toBe('a:90');
  });
});

describe('hostIsTrusted', () => {
  it('compares whole names, or whole labels below a dot', () => {
    expect(hostIsTrusted('Example.com:80', ['example.com'])).toBe(true);
    expect(hostIsTrusted('a.example.com', ['example.com'])).toBe(false);
    expect(hostIsTrusted('a.example.com', ['.example.com'])).toBe(true);
    expect(hostIsTrusted('example.com', ['.example.com'])).toBe(true);
    expect(hostIsTrusted('evilexample.com', ['.example.com'])).toBe(false);
    expect(hostIsTrusted('127.0.0.1.evil.example', ['127.0.0.1'])).toBe(false);
  });

  it('knows addresses in brackets and names that are not ASCII', () => {
    expect(hostIsTrusted('[::1]:5000', ['[::1]'])).toBe(true);
    expect(hostIsTrusted('[::ffff:127.0.0.1]', ['127.0.0.1'])).toBe(false);
    expect(hostIsTrusted('xn--n3h.net', ['☃.net'])).toBe(true);
  });

  it('trusts no missing or malformed host, even without a list', () => {
    expect(hostIsTrusted(null, ['a'])).toBe(false);
    expect(hostIsTrusted('', null)).toBe(false);
    expect(hostIsTrusted('a@b')).toBe(false);
    expect(hostIsTrusted('a')).toBe(true);
    expect(hostIsTrusted('a', [])).toBe(true);
    expect(hostIsTrusted('a', ['no host', ''])).toBe(false);
  });
});
