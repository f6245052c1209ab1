/** Feeds fixtures of other parsers to our server: `npm run fixtures -- FOLDER`. */
import { runFolderCommand } from '../lib/tally.ts';
import { readFixtures } from './fixture-files.ts';
import { runFixtures } from './run-fixtures.ts';

await runFolderCommand('fixtures', (folder) => {
  if (folder === undefined) throw new Error('There are no fixtures here: name their folder.');
  return runFixtures(readFixtures(folder));
});
