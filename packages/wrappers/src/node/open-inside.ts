import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { type OpenFile, openUnlinkedFile, orNull } from './open-file.ts';

/**
 * Opens a file only if it really stands in a directory, wherever links on the way to it lead.
 *
 * @param directory may be a link itself.
 */
export async function openInside(directory: string, path: string): Promise<OpenFile | null> {
  const found = await orNull(() => Promise.all([realpath(directory), realpath(path)]));
  if (!found) return null;
  const [root, file] = found;
  const inside = root.endsWith(sep) ? root : root + sep;
  return file.startsWith(inside) ? openUnlinkedFile(file) : null;
}
