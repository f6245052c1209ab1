import { isWindows } from '#platform';
import { asciiFilename } from '../fields/filename.ts';
import { isDeviceName } from './windows-names.ts';

const NOT_IN_NAME = /[^\w.-]+/g;
const BLANKS = /[\t-\r\x1c-\x20]+/g;

/**
 * A name for a file, made of one that a client gave: letters, digits, `.`, `-` and `_` of ASCII,
 * and no path. Accents are taken off, other characters left out, blanks and separators become `_`.
 *
 * Two names can become the same, so don't let an upload overwrite a file by it.
 *
 * @returns `''` when nothing is left.
 */
export function secureFilename(filename: string): string {
  return secure(filename, isWindows);
}

/** `secureFilename` by the rules of Windows, on any platform: a device's name gets a `_`. */
export function secureFilenameWindows(filename: string): string {
  return secure(filename, true);
}

function secure(filename: string, windows: boolean): string {
  let name = asciiFilename(filename).replaceAll('/', ' ');
  if (windows) name = name.replaceAll('\\', ' ');
  name = name.trim().replace(BLANKS, '_').replace(NOT_IN_NAME, '');
  name = withoutMarks(name);
  return windows && isDeviceName(name) ? `_${name}` : name;
}

/** Without dots and underscores at both ends. */
function withoutMarks(name: string): string {
  let start = 0;
  let end = name.length;
  while (start < end && isMark(name[start]!)) start++;
  while (end > start && isMark(name[end - 1]!)) end--;
  return name.slice(start, end);
}

function isMark(character: string): boolean {
  return character === '.' || character === '_';
}
