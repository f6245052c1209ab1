import { domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { iriToUri } from './iri-to-uri.ts';
import { toUnicode } from './to-unicode.ts';
import { uriToIri } from './uri-to-iri.ts';

describe('iriToUri', () => {
  it.each([
    ['http://☃.net/', 'http://xn--n3h.net/'],
    ['http://EXAMPLE.com/Path', 'http://example.com/Path'],
    [
      'HTTP://bücher.example:8080/ü?ü=ü#ü',
      'http://xn--bcher-kva.example:8080/%C3%BC?%C3%BC=%C3%BC#%C3%BC',
    ],
    ['http://üser:pä:ss@[::1]:80/', 'http://%C3%BCser:p%C3%A4%3Ass@[::1]:80/'],
    ['/path[bracket]?(paren)', '/path%5Bbracket%5D?(paren)'],
    ['/already%20quoted/100%', '/already%20quoted/100%'],
    [
      'itms-services://?action=x&url=https://e.com/p',
      'itms-services://?action=x&url=https://e.com/p',
    ],
    ['//cdn.example.com/x', '//cdn.example.com/x'],
    ['mailto:x@y.z', 'mailto:x@y.z'],
    ['/a\r\nSet-Cookie: x', '/a%0D%0ASet-Cookie:%20x'],
    ['java\nscript:alert(1)', 'java%0Ascript:alert(1)'],
    ['/\ud800', '/%EF%BF%BD'],
    ['', ''],
  ])('makes of %j %j', (iri, uri) => {
    expect(iriToUri(iri)).toBe(uri);
  });

  it('leaves no host that a browser would find elsewhere', () => {
    expect(iriToUri('http://exa mple/')).toBe('http://exa%20mple/');
    expect(iriToUri('http://evil.com℀.example/')).toBe('http://evil.com%E2%84%80.example/');
    expect(iriToUri('http://a\\@b/')).toBe('http://a%5C@b/');
  });

  it('gives ASCII for any text, and leaves that alone a second time', () => {
    const text = fc.oneof(
      anyText(),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .array(fc.constantFrom('http://', 'ü', '%', '@', ':', '/', '?', '#', '[', ']', '☃.'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (iri) => {
        const uri = iriToUri(iri);
        expect(uri).toMatch(/^[\x21-\x7e]*$/);
        expect(iriToUri(uri)).toBe(uri);
      }),
    );
  });
});

describe('uriToIri', () => {
  it.each([
    ['http://xn--n3h.net/%E2%98%83', 'http://☃.net/☃'],
    ['http://%C3%BCser:p%C3%A4ss@example.com:80/', 'http://üser:päss@example.com:80/'],
    ['http://[::1]:5000/%C3%A9', 'http://[::1]:5000/é'],
    ['/%2F%25%3f%23', '/%2F%25%3f%23'],
    ['/a%2Bb?c=a%2Bb+d&e=%26', '/a+b?c=a%2Bb+d&e=%26'],
    ['/abc%20def%00%7F', '/abc%20def%00%7F'],
    ['/%ff%fe%C3?%e2%98', '/%FF%FE%C3?%E2%98'],
    ['/%41%42%7E', '/AB~'],
    ['/%E2%80%AEgnp.exe%C2%80', '/%E2%80%AEgnp.exe%C2%80'],
    ['/%F0%9F%98%80', '/😀'],
    ['/%%41b/%4%31', '/%%41b/%4%31'],
  ])('makes of %j %j', (uri, iri) => {
    expect(uriToIri(uri)).toBe(iri);
  });

  it('makes no scheme and no host of a relative path', () => {
    for (const uri of ['%6aavascript:x', 'javascript%3Ax', '/%5Cevil.example', '%5C%5Cevil']) {
      expect(uriToIri(uri)).toBe(uri);
    }
    expect(uriToIri('./%6aavascript:x')).toBe('./javascript:x');
    expect(uriToIri('http://a/%5Cb')).toBe('http://a/\\b');
  });

  it('is undone by iriToUri, and changes nothing a second time', () => {
    const urls = fc.webUrl({ withFragments: true, withQueryParameters: true });
    const paths = fc
      .uint8Array({ maxLength: 9 })
      .map(
        (octets) => `/${Array.from(octets, (o) => `%${o.toString(16).padStart(2, '0')}`).join('')}`,
      );
    fc.assert(
      fc.property(fc.oneof(urls, paths, fc.string()), (uri) => {
        const iri = uriToIri(uri);
        expect(uriToIri(iri)).toBe(iri);
      }),
    );
    fc.assert(
      fc.property(paths, (uri) => {
        expect(decodeOctets(iriToUri(uriToIri(uri)))).toEqual(decodeOctets(uri));
      }),
    );
  });
});

function decodeOctets(path: string): number[] {
  const octets: number[] = [];
  for (let index = 0; index < path.length; index++) {
    const isEscape = path[index] === '%';
    octets.push(
      isEscape ? Number.parseInt(path.slice(index + 1, index + 3), 16) : path.charCodeAt(index),
    );
    if (isEscape) index += 2;
  }
  return octets;
}

describe('toUnicode', () => {
  it('decodes the labels that browsers would encode that way, and no other', () => {
    expect(toUnicode('xn--n3h.xn--bcher-kva.example')).toBe('☃.bücher.example');
    expect(toUnicode('xn--mgberp4a5d4ar.xn--zckzah')).toBe('السعودية.テスト');
    for (const host of [
      'xn--',
      'xn--abc-',
      'xn--a',
      'xn--99999999',
      'xn--\u00fc',
      'xn---',
      'a.b',
    ]) {
      expect(toUnicode(host)).toBe(host);
    }
  });

  it('agrees with the platform', () => {
    const labels = fc.array(fc.constantFrom(...'abcxyz09äöü☃日本語ελпри-'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(labels, (characters) => {
        const ascii = URL.parse(`http://${characters.join('')}.net/`)?.hostname;
        if (ascii) expect(toUnicode(ascii)).toBe(domainToUnicode(ascii) || ascii);
      }),
    );
  });
});
