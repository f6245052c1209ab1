import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { Authorization } from './authorization.ts';

describe('Authorization', () => {
  it('reads basic credentials as UTF-8', () => {
    const credentials = Authorization.fromHeader('BASIC w7xzZXI6cGE6c3M=');
    expect(credentials?.type).toBe('basic');
    expect([credentials?.username, credentials?.password]).toEqual(['üser', 'pa:ss']);
  });

  it('takes what is not base64 of UTF-8 for no credentials', () => {
    for (const header of ['Basic foo', 'Basic /2E6Yg==', 'Basic A=A=', 'Basic a b c=', '', null]) {
      expect(Authorization.fromHeader(header), String(header)).toBeNull();
    }
  });

  it('tells a token from parameters', () => {
    expect(Authorization.fromHeader('Bearer abc.def==')?.token).toBe('abc.def==');
    const digest = Authorization.fromHeader('Digest username="a, b", nc=1, flag');
    expect([digest?.token, digest?.username, digest?.get('flag')]).toEqual([null, 'a, b', null]);
    expect([digest?.has('x'), digest?.get('x')]).toEqual([false, undefined]);
  });

  it('keeps what is secret out of logs', () => {
    const credentials = new Authorization('basic', { username: 'ada', password: 'secret' });
    expect(inspect(credentials)).toBe('Authorization "basic"');
    expect(inspect({ credentials })).not.toContain('secret');
  });

  it('compares all of it', () => {
    const token = new Authorization('Bearer', null, 'a');
    expect(token.equals(Authorization.fromHeader('bearer a')!)).toBe(true);
    expect(token.equals(new Authorization('bearer', null, 'b'))).toBe(false);
    expect(new Authorization('x', { a: '1' }).equals(new Authorization('x', { b: '1' }))).toBe(
      false,
    );
  });

  it('refuses what cannot be sent', () => {
    expect(() => new Authorization('basic', { username: 'a:b' }).toHeader()).toThrow(
      InvalidHeaderError,
    );
    expect(() => new Authorization('a b', {}).toHeader()).toThrow(InvalidHeaderError);
    expect(() => new Authorization('x', { 'a=b': 'c' }).toHeader()).toThrow(InvalidHeaderError);
  });

  it('reads what it writes', () => {
    const username = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !text.includes(':') && text.isWellFormed());
    const password = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(fc.record({ username, password }), (parameters) => {
        const credentials = new Authorization('basic', parameters);
        expect(Authorization.fromHeader(credentials.toHeader())?.equals(credentials)).toBe(true);
      }),
    );
  });

  it('reads any scheme with parameters, or with a token', () => {
    const scheme = fc
      .stringMatching(/^[a-z0-9!#$%&'*+.^_`|~-]{1,8}$/)
      .filter((text) => text !== 'basic');
    const name = fc.stringMatching(/^[a-z0-9!#$&'+.^_`|~-]{1,8}$/);
    const parameters = fc.dictionary(name, anyText(), { minKeys: 1, maxKeys: 4 });
    const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,12}={0,2}$/);
    const parts = fc.oneof(
      parameters.map((pairs) => ({ pairs, text: null })),
      token.map((text) => ({ pairs: null, text })),
    );
    fc.assert(
      fc.property(scheme, parts, (type, { pairs, text }) => {
        const written = new Authorization(type, pairs, text);
        const read = Authorization.fromHeader(written.toHeader())!;
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
