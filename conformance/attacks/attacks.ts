/** Runs a folder of attacks: `pnpm attacks [FOLDER]`, by default those in `cases/`. */
import { runFolderCommand } from '../lib/tally.ts';
import { runAttacks } from './run-attacks.ts';
import { readAttacks } from './suite.ts';

await runFolderCommand('attacks', (folder) => runAttacks(readAttacks(folder)));
