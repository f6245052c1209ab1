import { PasswordHashError } from '../errors/password-hash-error.ts';

/** How a password is hashed, with every parameter known to be within its bounds. */
export type PasswordMethod = ScryptMethod | Pbkdf2Method;

/** scrypt (RFC 7914): `scrypt:N:r:p`. */
interface ScryptMethod {
  readonly kind: 'scrypt';
  /** N: how much time and memory; a power of two. */
  readonly cost: number;
  /** r: how much memory at a time. */
  readonly blockSize: number;
  /** p: how often in all. */
  readonly parallelization: number;
}

/** PBKDF2 (RFC 8018 section 5.2) with an HMAC: `pbkdf2:hash:iterations`. */
interface Pbkdf2Method {
  readonly kind: 'pbkdf2';
  readonly hash: string;
  readonly iterations: number;
  /** How many bytes the hash gives. */
  readonly length: number;
}

/** A stored hash may ask for N * r * p up to this: 16 times the default's work, about 530 MiB. */
const MAX_SCRYPT_WORK = 2 ** 22;

/** The bound for r and for p alone; both are small in practice. */
const MAX_SCRYPT_FACTOR = 1024;

/** A stored hash may ask for so many iterations: 10 times the default's, some seconds. */
const MAX_PBKDF2_ITERATIONS = 10_000_000;

/** The hashes for PBKDF2, with their lengths in bytes. */
const HASHES: ReadonlyMap<string, number> = new Map([
  ['sha1', 20],
  ['sha224', 28],
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
]);

const COUNT = /^[1-9][0-9]{0,9}$/;

/**
 * Reads the name of a method, with its parameters or without. Parameters are bounded here, before
 * anything is computed: a hash may come from a database that someone else can write.
 *
 * @throws PasswordHashError when the method is unknown or a parameter is out of its bounds.
 */
export function parsePasswordMethod(text: string): PasswordMethod {
  const [kind, ...parameters] = text.split(':', 5);
  if (kind === 'scrypt') return parseScrypt(parameters);
  if (kind === 'pbkdf2') return parsePbkdf2(parameters);
  throw new PasswordHashError(
    `The method ${shown(text)} is not known. Use 'scrypt' or 'pbkdf2', as in 'scrypt:32768:8:1'.`,
  );
}

/** The method as it stands in a hash, with all its parameters. */
export function dumpPasswordMethod(method: PasswordMethod): string {
  return method.kind === 'scrypt'
    ? `scrypt:${method.cost}:${method.blockSize}:${method.parallelization}`
    : `pbkdf2:${method.hash}:${method.iterations}`;
}

function parseScrypt(parameters: readonly string[]): PasswordMethod {
  if (parameters.length !== 0 && parameters.length !== 3) {
    throw new PasswordHashError(
      `scrypt has ${parameters.length} parameters. Give all three, 'scrypt:N:r:p', or none.`,
    );
  }
  const [n = '32768', r = '8', p = '1'] = parameters;
  const cost = parseCount('N of scrypt', n);
  const blockSize = parseCount('r of scrypt', r);
  const parallelization = parseCount('p of scrypt', p);
  if (cost < 2 || !Number.isInteger(Math.log2(cost))) {
    throw new PasswordHashError(`N of scrypt is ${cost}. It must be a power of two above 1.`);
  }
  const factor = Math.max(blockSize, parallelization);
  if (factor > MAX_SCRYPT_FACTOR || cost * blockSize * parallelization > MAX_SCRYPT_WORK) {
    throw new PasswordHashError(
      `scrypt:${cost}:${blockSize}:${parallelization} would take too much memory. ` +
        `N * r * p may be ${MAX_SCRYPT_WORK} at most, r and p ${MAX_SCRYPT_FACTOR}.`,
    );
  }
  return { kind: 'scrypt', cost, blockSize, parallelization };
}

function parsePbkdf2(parameters: readonly string[]): PasswordMethod {
  const [hash = 'sha256', count = '1000000', ...rest] = parameters;
  const length = HASHES.get(hash);
  if (rest.length > 0 || length === undefined) {
    throw new PasswordHashError(
      `The parameters of pbkdf2 are ${shown(parameters.join(':'))}. ` +
        `Give a hash of ${[...HASHES.keys()].join(', ')}, and a number of iterations.`,
    );
  }
  const iterations = parseCount('The number of iterations of pbkdf2', count);
  if (iterations > MAX_PBKDF2_ITERATIONS) {
    throw new PasswordHashError(
      `pbkdf2 would take too long with ${iterations} iterations. ` +
        `It may have ${MAX_PBKDF2_ITERATIONS} at most.`,
    );
  }
  return { kind: 'pbkdf2', hash, iterations, length };
}

function parseCount(name: string, digits: string): number {
  if (COUNT.test(digits)) return Number(digits);
  throw new PasswordHashError(
    `${name} is ${shown(digits)}. Write it in decimal digits, 1 or more.`,
  );
}

/** A piece of a stored hash for an error: short, and never the digest. */
function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
