import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
});
