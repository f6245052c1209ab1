import { randomInt, timingSafeEqual } from 'node:crypto';
import { PasswordHashError } from '../errors/password-hash-error.ts';
import { deriveKey, keyLength } from './derive-key.ts';
import { dumpPasswordMethod, type PasswordMethod, parsePasswordMethod } from './password-method.ts';

/** How to hash a password. */
export interface PasswordHashOptions {
  /**
   * `'scrypt'`, which is `'scrypt:32768:8:1'` (N, r, p; about 32 MiB), or `'pbkdf2'`, which is
   * `'pbkdf2:sha256:1000000'`. Default: `'scrypt'`.
   */
  method?: string | undefined;
  /** How many characters of salt, 1 to 1024. Default: 16, which is 95 bits. */
  saltLength?: number | undefined;
}

const SALT_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MAX_SALT_LENGTH = 1024;
const HEX = /^[0-9a-f]*$/i;

/**
 * Hashes a password for storage, as `method$salt$digest`. The text is the one that Werkzeug writes
 * and reads, so that a table of users can move either way. The work is done off the main thread.
 *
 * @throws PasswordHashError when the password is not well-formed Unicode (what stands in for a lone
 *   surrogate would make one password of many), or when the method or the length is out of bounds.
 */
export async function generatePasswordHash(
  password: string,
  options: PasswordHashOptions = {},
): Promise<string> {
  const method = parsePasswordMethod(options.method ?? 'scrypt');
  const salt = generateSalt(options.saltLength ?? 16);
  if (!password.isWellFormed()) {
    throw new PasswordHashError(
      'The password has half of a surrogate pair, which is no character. Ask for another one.',
    );
  }
  const key = await deriveKey(method, password, salt);
  return `${dumpPasswordMethod(method)}$${salt}$${key.toString('hex')}`;
}

/**
 * Whether a password is the one that a hash was made of. What is not of the form
 * `method$salt$digest`, has a digest of the wrong length, or is not well-formed Unicode, is not.
 * The digests are compared in a time that tells nothing of them.
 *
 * @param pwhash what `generatePasswordHash`, or Werkzeug, has made.
 * @throws PasswordHashError when the method is unknown, or its parameters would take more than 16
 *   times the default's work: they are judged before any of it is done.
 */
export async function checkPasswordHash(pwhash: string, password: string): Promise<boolean> {
  const parts = splitHash(pwhash);
  if (!parts) return false;
  const method = parsePasswordMethod(parts.method);
  const { salt, digest } = parts;
  const fits = digest.length === 2 * keyLength(method) && HEX.test(digest);
  if (!fits || !salt.isWellFormed() || !password.isWellFormed()) return false;
  const key = await deriveKey(method, password, salt);
  return timingSafeEqual(key, Buffer.from(digest, 'hex'));
}

/**
 * Whether a stored hash is weaker than those that `generatePasswordHash` would make now: of another
 * method, of another hash function, or with a lower parameter. Ask after a `checkPasswordHash` that
 * held, and store a new hash while the password is at hand.
 *
 * @param options the method to compare with. Default: `'scrypt'`.
 * @throws PasswordHashError when the method in `options` is unknown or out of bounds.
 */
export function needsRehash(
  pwhash: string,
  options: Pick<PasswordHashOptions, 'method'> = {},
): boolean {
  const wanted = parsePasswordMethod(options.method ?? 'scrypt');
  const stored = methodOf(pwhash);
  if (stored === undefined) return true;
  if (stored.kind === 'pbkdf2') {
    if (wanted.kind !== 'pbkdf2' || stored.hash !== wanted.hash) return true;
    return stored.iterations < wanted.iterations;
  }
  if (wanted.kind !== 'scrypt') return true;
  return (
    stored.cost < wanted.cost ||
    stored.blockSize < wanted.blockSize ||
    stored.parallelization < wanted.parallelization
  );
}

function methodOf(pwhash: string): PasswordMethod | undefined {
  const parts = splitHash(pwhash);
  if (!parts) return undefined;
  try {
    return parsePasswordMethod(parts.method);
  } catch (error) {
    if (error instanceof PasswordHashError) return undefined;
    throw error;
  }
}

function splitHash(pwhash: string): { method: string; salt: string; digest: string } | undefined {
  const first = pwhash.indexOf('$');
  const second = first < 0 ? -1 : pwhash.indexOf('$', first + 1);
  if (second < 0) return undefined;
  const salt = pwhash.slice(first + 1, second);
  return { method: pwhash.slice(0, first), salt, digest: pwhash.slice(second + 1) };
}

function generateSalt(length: number): string {
  if (!Number.isInteger(length) || length < 1 || length > MAX_SALT_LENGTH) {
    throw new PasswordHashError(
      `The salt is to have ${length} characters. It needs 1 to ${MAX_SALT_LENGTH}; 16 are enough.`,
    );
  }
  let salt = '';
  while (salt.length < length) salt += SALT_CHARACTERS[randomInt(SALT_CHARACTERS.length)];
  return salt;
}
