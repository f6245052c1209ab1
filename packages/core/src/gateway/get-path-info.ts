import type { Environ } from '../protocol.ts';

/** The path of a request below where the application is mounted, decoded; `''` if there is none. */
export function getPathInfo(environ: { readonly [Key in 'PATH_INFO']?: Environ[Key] }): string {
  return environ.PATH_INFO ?? '';
}
