import { fs } from '../node-modules.ts';

/**
 * Writes a file that only this user may read (mode 0600), whole or not at all: whoever reads the
 * path meanwhile sees what was there before.
 *
 * @throws the system's error.
 */
export function writePrivateFile(path: string, text: string): void {
  withUnfinished(path, text, (unfinished) => fs.renameSync(unfinished, path));
}

/**
 * Writes such a file where there is none yet. Of several processes that do it at once, one succeeds;
 * where a file system has no hard links, none does.
 *
 * @throws the system's error when nothing can be written beside `path`.
 */
export function addPrivateFile(path: string, text: string): void {
  withUnfinished(path, text, (unfinished) => {
    try {
      fs.linkSync(unfinished, path);
    } catch {
      // What is there stays.
    }
  });
}

/** Writes a file beside `path`, to be put in its place; what is left of it is removed. */
function withUnfinished(path: string, text: string, finish: (unfinished: string) => void): void {
  const unfinished = `${path}.${process.pid}-${performance.now().toString(36)}.tmp`;
  try {
    fs.writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
    finish(unfinished);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}

/**
 * Reads a file that nobody else may have touched.
 *
 * @returns `undefined` when there is none, when it is no regular file of this user, or when others
 * may read or write it.
 */
export function readPrivateFile(path: string): string | undefined {
  try {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
    const descriptor = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const { uid, mode } = fs.fstatSync(descriptor);
      const regular = (mode & fs.constants.S_IFMT) === fs.constants.S_IFREG;
      // Windows has neither owners nor these bits; a user's folders are his own there.
      const own =
        process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
      return regular && own ? fs.readFileSync(descriptor, 'utf8') : undefined;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
