import type { Problem } from './problem.ts';
import { checkCycles } from './rules/cycles.ts';
import { checkDependencies } from './rules/dependencies.ts';
import { checkDirections } from './rules/directions.ts';
import { checkEntries } from './rules/entries.ts';
import { checkExtensions } from './rules/extensions.ts';
import { checkLengths } from './rules/lengths.ts';
import { checkPlatformImports } from './rules/platform-imports.ts';
import { checkReExports } from './rules/re-exports.ts';
import { checkRuntimeNeutral } from './rules/runtime-neutral.ts';
import { readWorkspace } from './workspace.ts';

const RULES = [
  checkEntries,
  checkPlatformImports,
  checkDirections,
  checkDependencies,
  checkRuntimeNeutral,
  checkCycles,
  checkExtensions,
  checkReExports,
  checkLengths,
];

/** Holds the packages under `root` against every rule. */
export async function checkStructure(root: string): Promise<Problem[]> {
  const workspace = await readWorkspace(root);
  return [...workspace.problems, ...RULES.flatMap((rule) => rule(workspace))];
}
