import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { caseFiles } from '../lib/case-files.ts';

/** One call with what has to come of it. */
export interface Vector {
  readonly name: string;
  readonly call: string;
  readonly args: readonly unknown[];
  /** The result, encoded. */
  readonly want?: unknown;
  /** The class that the call throws; `Error` stands for any. */
  readonly throws?: string;
}

/** A file of vectors. */
export interface Suite {
  readonly suite: string;
  /** The package of the functions that are called. */
  readonly package?: string;
  readonly cases: readonly Vector[];
}

/** Where the vectors are that come with the runner. */
export const CASES_FOLDER: string = fileURLToPath(new URL('cases', import.meta.url));

/** Packages whose functions are not all there: what their suites call in vain has to wait. */
const LATER_PACKAGES: ReadonlySet<string | undefined> = new Set([
  'routing',
  'testing',
  'middleware',
]);

/**
 * Reads every `*.json` in a folder, in the order of their names.
 *
 * @throws Error when there is none, or one is no suite.
 */
export function readSuites(folder: string = CASES_FOLDER): Suite[] {
  return caseFiles(folder).map((file) => {
    try {
      return validate(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      throw new Error(`${file} is no suite of vectors: ${(error as Error).message}`);
    }
  });
}

/** Whether a suite may call what is not there yet. */
export function isLater(suite: Suite): boolean {
  return LATER_PACKAGES.has(suite.package);
}

function validate(suite: Suite): Suite {
  if (typeof suite.suite !== 'string') throw new Error('it has no name (`suite`)');
  for (const { name, call, args, ...outcome } of suite.cases) {
    if (typeof name !== 'string') throw new Error('a case has no name');
    if (typeof call !== 'string') throw new Error(`${name} has no call`);
    if (!Array.isArray(args)) throw new Error(`${name} has no list of arguments`);
    const [key, ...others] = Object.keys(outcome);
    if ((key !== 'want' && key !== 'throws') || others.length > 0) {
      throw new Error(`${name} needs one of want and throws, and nothing else`);
    }
  }
  return suite;
}
