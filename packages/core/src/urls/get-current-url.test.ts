import { describe, expect, it } from 'vitest';
import { SecurityError } from '../exceptions/bad-request.ts';
import { getCurrentUrl, type UrlEnviron } from './get-current-url.ts';

function makeEnviron(changes: Partial<UrlEnviron> = {}): UrlEnviron {
  return {
    SERVER_NAME: 'localhost',
    SERVER_PORT: '80',
    SCRIPT_NAME: '',
    PATH_INFO: '/',
    QUERY_STRING: '',
    'gateway.url_scheme': 'http',
    ...changes,
  };
}

describe('getCurrentUrl', () => {
  it('gives the URL of a request, to be read', () => {
    const environ = makeEnviron({
      HTTP_HOST: 'xn--n3h.net:8080',
      SCRIPT_NAME: '/ä/',
      PATH_INFO: '/ö x?',
      QUERY_STRING: 'q=%C3%BC&r=\xc3\xbc&s=\xff',
    });
    expect(getCurrentUrl(environ)).toBe('http://☃.net:8080/ä/ö%20x%3F?q=ü&r=ü&s=%FF');
    expect(getCurrentUrl(environ, { stripQuerystring: true })).toBe('http://☃.net:8080/ä/ö%20x%3F');
    expect(getCurrentUrl(environ, { rootOnly: true })).toBe('http://☃.net:8080/ä/');
    expect(getCurrentUrl(environ, { hostOnly: true })).toBe('http://☃.net:8080/');
  });

  it('cannot be led to another host by the path', () => {
    expect(getCurrentUrl(makeEnviron({ PATH_INFO: '//evil.example' }))).toBe(
      'http://localhost/evil.example',
    );
    expect(getCurrentUrl(makeEnviron({ SCRIPT_NAME: '//evil.example' }))).toBe(
      'http://localhost/evil.example/',
    );
  });

  it('refuses a host that is not trusted', () => {
    const environ = makeEnviron({ HTTP_HOST: 'evil.example' });
    expect(() => getCurrentUrl(environ, { trustedHosts: ['localhost'] })).toThrow(SecurityError);
  });
});
