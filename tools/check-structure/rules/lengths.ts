import { LONG_FILE_LINES, MAX_LINES, MAX_LONG_FILE_SHARE } from '../policy.ts';
import type { Problem } from '../problem.ts';
import type { SourceFile } from '../source-file.ts';
import type { Package, Workspace } from '../workspace.ts';

/** No file is very long, and few are long. */
export function checkLengths({ packages }: Workspace): Problem[] {
  return [...packages.values()].flatMap((pkg) => [...veryLong(pkg), ...tooManyLong(pkg)]);
}

function veryLong(pkg: Package): Problem[] {
  return [...pkg.files.values()]
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => ({
      file: path,
      message: `${lines} lines, of ${MAX_LINES} at most; split it by subject`,
    }));
}

function tooManyLong({ folder, files }: Package): Problem[] {
  const long = [...files.values()].filter(({ lines }) => lines > LONG_FILE_LINES);
  if (long.length <= files.size * MAX_LONG_FILE_SHARE) return [];
  const list = long
    .sort((a: SourceFile, b: SourceFile) => b.lines - a.lines)
    .map(({ path, lines }) => `\n  ${path}: ${lines}`);
  const share = `${long.length} of ${files.size} files have over ${LONG_FILE_LINES} lines`;
  const message = `${share}, more than one in ten; split some by subject:${list.join('')}`;
  return [{ file: folder, message }];
}
