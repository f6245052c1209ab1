/** What a run of cases has come to. */
export interface Tally {
  passed: number;
  /** A line for each case that failed. */
  failures: string[];
  /** A line for each case whose outcome differs on purpose, and why. */
  different: string[];
  /** A line for whatever was not run, and why. */
  notYet: string[];
}

/** Prints a tally: what failed, what differs, what has to wait, the sum. The exit status is 1 after a failure. */
export function printTally({ passed, failures, different, notYet }: Tally): number {
  for (const failure of failures) console.log(`FAIL ${failure}`);
  for (const line of different) console.log(`different: ${line}`);
  for (const line of notYet) console.log(`not yet: ${line}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length > 0 ? 1 : 0;
}

/** Runs a command that takes one folder, or none, and says what was wrong with its call. */
export async function runFolderCommand(
  name: string,
  run: (folder: string | undefined) => Promise<Tally>,
): Promise<void> {
  const [folder, ...others] = process.argv.slice(2);
  try {
    if (others.length > 0 || folder?.startsWith('-')) throw new Error('One folder, or none.');
    process.exitCode = printTally(await run(folder));
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: ${name} [FOLDER]`);
    process.exitCode = 2;
  }
}
