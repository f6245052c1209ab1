import { describe, expect, it } from 'vitest';
import { PasswordHashError } from '../errors/password-hash-error.ts';
import { checkPasswordHash, generatePasswordHash, needsRehash } from './password-hash.ts';

const QUICK = 'pbkdf2:sha256:10';

// Made by Werkzeug: the password is "secret".
const WERKZEUG =
  'scrypt:32768:8:1$Zb4SyxLmxWmYpWqA$344e55e3d3705922ddfc8ae414a9bd400bf13e8a0155b5723f05d88722fbb83fefd317639b26275872a07c4e57870204bd8e46b0dfda064f949f964576360508';

describe('generatePasswordHash', () => {
  it('makes a hash that states its method, and that the same password fits', async () => {
    const hash = await generatePasswordHash('pässwörd ☃');
    expect(hash).toMatch(/^scrypt:32768:8:1\$[A-Za-z0-9]{16}\$[0-9a-f]{128}$/);
    expect(await checkPasswordHash(hash, 'pässwörd ☃')).toBe(true);
    expect(await checkPasswordHash(hash, 'passwörd ☃')).toBe(false);
  });

  it('takes the method and the length of the salt from its options', async () => {
    const hash = await generatePasswordHash('a', { method: 'pbkdf2:sha512:7', saltLength: 4 });
    expect(hash).toMatch(/^pbkdf2:sha512:7\$\w{4}\$[0-9a-f]{128}$/);
    expect(await generatePasswordHash('a', { method: 'scrypt:16:1:1' })).toMatch(
      /^scrypt:16:1:1\$/,
    );
  });

  it('makes another salt each time', async () => {
    const one = await generatePasswordHash('a', { method: QUICK });
    expect(await generatePasswordHash('a', { method: QUICK })).not.toBe(one);
  });

  it.each([
    'md5',
    '',
    'scrypt:1:2',
    'scrypt:32767:8:1',
    'scrypt:1:8:1',
    'scrypt:1073741824:64:64',
    'scrypt:32768:8:1:1:1:1',
    'scrypt:2:2097152:1',
    'scrypt:Infinity:8:1',
    'scrypt:0x10:8:1',
    'pbkdf2:sha256:0',
    'pbkdf2:sha256:-1',
    'pbkdf2:sha256:1e9',
    'pbkdf2:sha256:2147483647',
    'pbkdf2:shake256:1',
    'pbkdf2:constructor:1',
    'pbkdf2:sha256:1:2',
  ])('refuses the method %j', async (method) => {
    await expect(generatePasswordHash('a', { method })).rejects.toThrow(PasswordHashError);
    await expect(checkPasswordHash(`${method}$salt$00`, 'a')).rejects.toThrow(PasswordHashError);
  });

  it('refuses a salt of no length or of too much', async () => {
    for (const saltLength of [0, -1, 1.5, Number.NaN, 1e9]) {
      const made = generatePasswordHash('a', { method: QUICK, saltLength });
      await expect(made).rejects.toThrow(PasswordHashError);
    }
  });

  it('refuses a password with a lone surrogate, which many others would match', async () => {
    const made = generatePasswordHash('a\ud800', { method: QUICK });
    await expect(made).rejects.toMatchObject({ code: 'WERKSTATT_ERR_PASSWORD_HASH' });
    const hash = await generatePasswordHash('a\ufffd', { method: QUICK });
    expect(await checkPasswordHash(hash, 'a\udfff')).toBe(false);
  });

  it('leaves the main thread free', async () => {
    const order: string[] = [];
    const hashed = generatePasswordHash('a').then(() => order.push('hashed'));
    setImmediate(() => order.push('turned'));
    await hashed;
    expect(order).toEqual(['turned', 'hashed']);
  });
});

describe('checkPasswordHash', () => {
  it('knows hashes that Werkzeug made', async () => {
    expect(await checkPasswordHash(WERKZEUG, 'secret')).toBe(true);
    expect(await checkPasswordHash(WERKZEUG, 'Secret')).toBe(false);
  });

  it('takes the default parameters where a method states none', async () => {
    const short = WERKZEUG.replace(/^[^$]+/, 'scrypt');
    expect(await checkPasswordHash(short, 'secret')).toBe(true);
  });

  it('is false for a digest that is empty, cut, too long or no digest', async () => {
    const hash = await generatePasswordHash('a', { method: QUICK });
    const [method, salt, digest] = hash.split('$') as [string, string, string];
    for (const other of ['', digest.slice(0, 2), digest.slice(1), `${digest}00`, 'x'.repeat(64)]) {
      expect(await checkPasswordHash(`${method}$${salt}$${other}`, 'a')).toBe(false);
    }
    expect(await checkPasswordHash(`${method}$${salt}$${digest.toUpperCase()}`, 'a')).toBe(true);
  });

  it('is false for what is no hash at all', async () => {
    for (const text of ['', 'a', 'a$b', QUICK]) {
      expect(await checkPasswordHash(text, 'a')).toBe(false);
    }
  });

  it('takes no part of a password for the whole', async () => {
    const hash = await generatePasswordHash('a\0b', { method: QUICK });
    expect(await checkPasswordHash(hash, 'a')).toBe(false);
    expect(await checkPasswordHash(hash, 'a\0b')).toBe(true);
  });
});

describe('needsRehash', () => {
  it('is true for a hash that is weaker than today’s, and only for that', () => {
    expect(needsRehash(WERKZEUG)).toBe(false);
    expect(needsRehash('scrypt:16384:8:1$salt$00')).toBe(true);
    expect(needsRehash('scrypt:65536:8:1$salt$00')).toBe(false);
    expect(needsRehash('pbkdf2:sha256:1000000$salt$00')).toBe(true);
    expect(needsRehash(WERKZEUG, { method: 'scrypt:65536:8:1' })).toBe(true);
    expect(needsRehash(WERKZEUG, { method: 'pbkdf2' })).toBe(true);
    expect(needsRehash('pbkdf2:sha256:600000$salt$00', { method: 'pbkdf2' })).toBe(true);
    expect(needsRehash('pbkdf2:sha1:1000000$salt$00', { method: 'pbkdf2' })).toBe(true);
    expect(needsRehash('pbkdf2:sha256:1000000$salt$00', { method: 'pbkdf2' })).toBe(false);
  });

  it('is true for what is no hash, or one of a method that is gone', () => {
    expect(needsRehash('')).toBe(true);
    expect(needsRehash('plain$$secret')).toBe(true);
    expect(() => needsRehash(WERKZEUG, { method: 'md5' })).toThrow(PasswordHashError);
  });
});
