import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { type FileOpener, type OpenFile, orNull } from './open-file.ts';
import { SharedCalls } from './shared-calls.ts';

const realPaths = new SharedCalls((path) => realpath(path));

/**
 * Opens a file only if it really stands in a directory, wherever links on the way to it lead.
 *
 * @param directory may be a link itself.
 * @param open opens a path that is no link.
 */
export async function openInside(
  directory: string,
  path: string,
  open: FileOpener,
): Promise<OpenFile | null> {
  const found = await orNull(() => Promise.all([realPaths.get(directory), realPaths.get(path)]));
  if (!found) return null;
  const [root, file] = found;
  const inside = root.endsWith(sep) ? root : root + sep;
  return file.startsWith(inside) ? open(file) : null;
}
