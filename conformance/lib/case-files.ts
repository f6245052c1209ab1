import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of cases in a folder, in the order of their names.
 *
 * @throws Error when there is none: an empty folder would pass every test.
 */
export function caseFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new Error(`There is no *.json in ${folder}.`);
  return names.sort().map((name) => join(folder, name));
}
