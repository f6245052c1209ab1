import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { didYouMean } from '../running/nearest.ts';
import { CommandError } from './command-errors.ts';

/** Where an application is to be found. */
export interface Target {
  /** The absolute path of the file. */
  file: string;
  /** The file as the user wrote it. */
  shown: string;
  /** The export, and the attributes after it; empty when the user named none. */
  names: string[];
}

const EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

/** `module:name.name`, where the module may have a drive letter. */
const WITH_NAME = /^(.{2,}|[^A-Za-z]):([\p{ID_Start}$_][\p{ID_Continue}$.]*)$/u;
const WITH_NAME_POSIX = /^(.+):([\p{ID_Start}$_][\p{ID_Continue}$.]*)$/u;

/**
 * Finds the file that TARGET means: a path, with or without extension, and a name behind a colon.
 *
 * @param cwd what relative paths start at.
 * @throws CommandError
 */
export function findTarget(target: string, cwd: string = process.cwd()): Target {
  if (isFile(resolve(cwd, target))) return { file: resolve(cwd, target), shown: target, names: [] };
  const match = (process.platform === 'win32' ? WITH_NAME : WITH_NAME_POSIX).exec(target);
  const [shown, names] = match ? [match[1]!, match[2]!.split('.')] : [target, []];
  if (names.includes('')) throw new CommandError(`'${target}' has a dot too many.`);
  const path = resolve(cwd, shown);
  const file = [path, ...EXTENSIONS.map((extension) => path + extension)].find(isFile);
  if (file === undefined) throw new CommandError(whyMissing(path, shown));
  return { file, shown, names };
}

function whyMissing(path: string, shown: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return `'${shown}' is a folder: serving folders is not available in this version.`;
  }
  return `There is no file '${shown}'.${didYouMean(basename(path), neighbours(path))}`;
}

/** Files beside a missing one, with and without their extensions, as the missing one was written. */
function neighbours(path: string): string[] {
  try {
    const files = readdirSync(dirname(path)).filter((name) =>
      EXTENSIONS.some((e) => name.endsWith(e)),
    );
    return basename(path).includes('.') ? files : files.map((name) => name.replace(/\.\w+$/, ''));
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
