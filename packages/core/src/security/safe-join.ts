import { isWindows } from '#platform';
import { isUnsafeOnWindows } from './windows-names.ts';

/**
 * Joins paths from outside to a directory, so that the result stays within it. Each path is
 * resolved by itself: `..` in one takes nothing of another back. The separator is `/`.
 *
 * It judges text. Whether a link within the directory leads out of it is for the one to ask who
 * opens the file.
 *
 * @param directory trusted, and taken as it is; `''` is `'.'`.
 * @param untrusted relative paths, as of a URL. An empty one adds nothing.
 * @returns `null` when one of them would leave the directory, is absolute, or has a NUL; on Windows
 *   also when it has a backslash, a colon, a device's name, or a name that ends in a dot or blank.
 */
export function safeJoin(directory: string, ...untrusted: readonly string[]): string | null {
  return join(directory, untrusted, isWindows);
}

/** `safeJoin` by the rules of Windows, on any platform. */
export function safeJoinWindows(directory: string, ...untrusted: readonly string[]): string | null {
  return join(directory, untrusted, true);
}

function join(directory: string, untrusted: readonly string[], windows: boolean): string | null {
  let joined = directory === '' ? '.' : directory;
  for (const path of untrusted) {
    const part = path === '' ? '' : resolveWithin(path, windows);
    if (part === null) return null;
    joined += joined.endsWith('/') ? part : `/${part}`;
  }
  return joined;
}

/** A relative path without `.`, `..` and empty segments; `null` when it leads elsewhere. */
function resolveWithin(path: string, windows: boolean): string | null {
  if (path.startsWith('/') || path.includes('\0')) return null;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (kept.pop() === undefined) return null;
      continue;
    }
    if (windows && isUnsafeOnWindows(segment)) return null;
    kept.push(segment);
  }
  return kept.length === 0 ? '.' : kept.join('/');
}
