/** Runs a folder of behaviour vectors: `pnpm vectors [FOLDER]`, by default those in `cases/`. */
import { runFolderCommand } from '../lib/tally.ts';
import { runSuites } from './run-suites.ts';
import { readSuites } from './suite.ts';

await runFolderCommand('vectors', (folder) => runSuites(readSuites(folder)));
