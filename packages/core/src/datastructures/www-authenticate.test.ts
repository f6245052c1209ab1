import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { Unauthorized } from '../exceptions/access-denied.ts';
import { WWWAuthenticate } from './www-authenticate.ts';

describe('WWWAuthenticate', () => {
  it('has parameters or a token', () => {
    const basic = WWWAuthenticate.fromHeader('Basic realm="a \\"b\\"", charset=UTF-8, flag');
    expect([basic?.type, basic?.realm, basic?.get('flag'), basic?.token]).toEqual([
      'basic',
      'a "b"',
      null,
      null,
    ]);
    expect(WWWAuthenticate.fromHeader('Negotiate YII=')?.token).toBe('YII=');
    expect(WWWAuthenticate.fromHeader('')).toBeNull();
  });

  it('quotes what digest has in quotes', () => {
    const digest = new WWWAuthenticate('DIGEST', { realm: 'r', algorithm: 'MD5', qop: 'auth' });
    expect(digest.toHeader()).toBe('Digest realm="r", algorithm=MD5, qop="auth"');
  });

  it('has no blank at the end when there is nothing after the scheme', () => {
    expect(new WWWAuthenticate('bearer').toHeader()).toBe('Bearer');
  });

  it('tells of changes', () => {
    const seen: string[] = [];
    const challenge = new WWWAuthenticate('basic', { realm: 'a' }, null, (changed) =>
      seen.push(changed.toHeader()),
    );
    challenge.realm = 'b c';
    challenge.set('x', 'y');
    challenge.parameters.set('z', null);
    challenge.set('x', null);
    challenge.delete('x');
    challenge.type = 'Bearer';
    challenge.token = 't';
    expect(seen).toEqual([
      'Basic realm="b c"',
      'Basic realm="b c", x=y',
      'Basic realm="b c", x=y, z',
      'Basic realm="b c", z',
      'Bearer realm="b c", z',
      'Bearer t',
    ]);
  });

  it('is a challenge of Unauthorized', () => {
    const wwwAuthenticate = [
      new WWWAuthenticate('basic', { realm: 'a' }),
      new WWWAuthenticate('bearer', { realm: 'b' }),
    ];
    expect(new Unauthorized('no', { wwwAuthenticate }).wwwAuthenticate).toEqual([
      'Basic realm=a',
      'Bearer realm=b',
    ]);
  });

  it('shows its text when it is logged', () => {
    expect(inspect(new WWWAuthenticate('basic', { realm: 'a' }))).toBe(
      'WWWAuthenticate "Basic realm=a"',
    );
  });

  it('reads what it writes', () => {
    const name = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const value = anyText();
    const scheme = fc.constantFrom('basic', 'digest', 'custom-x1');
    fc.assert(
      fc.property(scheme, fc.dictionary(name, value, { minKeys: 1 }), (type, parameters) => {
        const challenge = new WWWAuthenticate(type, parameters);
        const read = WWWAuthenticate.fromHeader(challenge.toHeader())!;
        expect([read.type, { ...Object.fromEntries(read.parameters) }]).toEqual([
          type,
          { ...parameters },
        ]);
      }),
    );
  });

  it('reads any scheme with parameters, or with a token', () => {
    const scheme = fc.stringMatching(/^[a-z0-9!#$%&'*+.^_`|~-]{1,8}$/);
    const name = fc.stringMatching(/^[a-z0-9!#$&'+.^_`|~-]{1,8}$/);
    const parameters = fc.dictionary(name, anyText(), { minKeys: 1, maxKeys: 4 });
    const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,12}={0,2}$/);
    const parts = fc.oneof(
      parameters.map((pairs) => ({ pairs, text: null })),
      token.map((text) => ({ pairs: null, text })),
    );
    fc.assert(
      fc.property(scheme, parts, (type, { pairs, text }) => {
        const written = new WWWAuthenticate(type, pairs, text);
        const read = WWWAuthenticate.fromHeader(written.toHeader())!;
        expect([read.type, read.token, [...read.parameters]]).toEqual([
          written.type,
          written.token,
          [...written.parameters],
        ]);
      }),
      { numRuns: 50 },
    );
  });
});
