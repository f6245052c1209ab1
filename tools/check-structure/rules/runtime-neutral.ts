import { RUNTIME_NEUTRAL } from '../policy.ts';
import type { Problem } from '../problem.ts';
import { lineOf, lineOfImport, type SourceFile, type SourceImport } from '../source-file.ts';
import type { Package, Workspace } from '../workspace.ts';
import { isBuiltin, packageOf } from './package-of.ts';

const ADVICE = 'move it behind an entry that may, or use what every runtime has';

/** What the main entries of runtime-neutral packages reach knows nothing of Node. */
export function checkRuntimeNeutral({ packages }: Workspace): Problem[] {
  const problems: Problem[] = [];
  for (const [name, nodeEntries] of RUNTIME_NEUTRAL) {
    const pkg = packages.get(name);
    if (!pkg) continue;
    for (const file of reachable(pkg, nodeEntries)) {
      problems.push(...file.imports.flatMap((one) => importProblems(file, one)));
      problems.push(...file.nodeGlobals.map((global) => globalProblem(file, global)));
    }
  }
  return problems;
}

/** The files that the entries lead to, but for the entries that may use Node. */
function reachable(pkg: Package, nodeEntries: readonly string[]): Set<SourceFile> {
  const reached = new Set<SourceFile>();
  const visit = (path: string): void => {
    const file = pkg.files.get(path);
    if (!file || reached.has(file)) return;
    reached.add(file);
    for (const { target } of file.imports) if (target !== null) visit(target);
  };
  for (const [subpath, path] of pkg.entries) if (!nodeEntries.includes(subpath)) visit(path);
  return reached;
}

function importProblems(file: SourceFile, one: SourceImport): Problem[] {
  const line = lineOfImport(file, one);
  if (isBuiltin(one.specifier)) {
    const message = `${one.specifier} exists on Node only, and a main entry leads here: ${ADVICE}`;
    return [{ file: file.path, line, message }];
  }
  const name = packageOf(one.specifier);
  if (name === null) return [];
  const subpath = `.${one.specifier.slice(name.length)}`;
  if (!RUNTIME_NEUTRAL.get(name)?.includes(subpath)) return [];
  const message = `${one.specifier} may use Node, and a main entry leads here: ${ADVICE}`;
  return [{ file: file.path, line, message }];
}

function globalProblem(file: SourceFile, global: string): Problem {
  const line = lineOf(file, new RegExp(`\\b${global}\\b`));
  const message = `the global ${global} exists on Node only, and a main entry leads here: ${ADVICE}`;
  return { file: file.path, line, message };
}
