/**
 * Checks what neither the type checker nor the linter sees: which way imports point, what runs
 * without Node, cycles, entries, re-exports and the length of files. `npm run lint` runs it on this
 * workspace; `check-structure.ts FOLDER` on another.
 */
import { fileURLToPath } from 'node:url';
import { checkStructure } from './check-structure/check.ts';
import { formatProblem } from './check-structure/problem.ts';

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const problems = await checkStructure(root);
for (const problem of problems) console.error(formatProblem(problem));
if (problems.length > 0) {
  console.error(`\n${problems.length} rules of structure are broken`);
  process.exitCode = 1;
}
