import type { Environ } from './protocol.ts';

/**
 * Another view of a request's environ, with `changes` applied. The lazy keys of a server's environ
 * are accessors on its prototype, which a spread (`{ ...environ }`) would lose; they stay here.
 *
 * @param changes keys to set in the copy; `undefined` takes a key's value away.
 */
export function copyEnviron(environ: Environ, changes: Partial<Environ> = {}): Environ {
  const copy = Object.create(
    Object.getPrototypeOf(environ),
    Object.getOwnPropertyDescriptors(environ),
  ) as Environ;
  for (const key of Object.keys(changes)) {
    Object.defineProperty(copy, key, {
      value: changes[key],
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return copy;
}
