import { pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordMethod } from './password-method.ts';

const SCRYPT_LENGTH = 64;

const pbkdf2Async = promisify(pbkdf2);
const scryptAsync = promisify<string, string, number, object, Buffer>(scrypt);

/** Derives the digest of a password, off the main thread. */
export function deriveKey(method: PasswordMethod, password: string, salt: string): Promise<Buffer> {
  if (method.kind === 'pbkdf2') {
    return pbkdf2Async(password, salt, method.iterations, method.length, method.hash);
  }
  const { cost, blockSize, parallelization } = method;
  // Node's own limit, 32 MiB, is just too little for the default parameters. The second term is
  // what OpenSSL needs when N is small.
  const maxmem = Math.max(
    132 * cost * blockSize * parallelization,
    128 * blockSize * (cost + parallelization + 2),
  );
  return scryptAsync(password, salt, SCRYPT_LENGTH, { cost, blockSize, parallelization, maxmem });
}

/** How many bytes `deriveKey` gives. */
export function keyLength(method: PasswordMethod): number {
  return method.kind === 'pbkdf2' ? method.length : SCRYPT_LENGTH;
}
