import { ARROWS } from '../policy.ts';
import type { Problem } from '../problem.ts';
import { lineOfImport, type SourceImport } from '../source-file.ts';
import type { Package, Workspace } from '../workspace.ts';
import { packageOf } from './package-of.ts';

/** Packages import only those that the arrows point to; optional peers by `import()` alone. */
export function checkDirections(workspace: Workspace): Problem[] {
  return [...workspace.packages.values()].flatMap((pkg) => {
    const arrows = ARROWS.get(pkg.name);
    if (arrows) return checkPackage(pkg, arrows.imports, arrows.loads, workspace);
    const message = `${pkg.name} has no arrows; state them in tools/check-structure/policy.ts`;
    return [{ file: `${pkg.folder}/package.json`, message }];
  });
}

function checkPackage(
  pkg: Package,
  imports: readonly string[],
  loads: readonly string[],
  workspace: Workspace,
): Problem[] {
  const problems: Problem[] = [];
  for (const file of pkg.files.values()) {
    for (const one of file.imports) {
      const name = importedPackage(one, pkg, workspace);
      if (name === null || imports.includes(name)) continue;
      if (loads.includes(name) && one.kind !== 'static') continue;
      const message = loads.includes(name)
        ? `${name} is optional here: load it by import('${name}') where it is used`
        : `${pkg.name} may not import ${name}: ${allowance(imports)}`;
      problems.push({ file: file.path, line: lineOfImport(file, one), message });
    }
  }
  return problems;
}

/** The workspace's other package that an import leads to, by name or by path. */
function importedPackage(one: SourceImport, pkg: Package, workspace: Workspace): string | null {
  const byName = one.target === null ? packageOf(one.specifier) : null;
  if (byName !== null) return workspace.packages.has(byName) && byName !== pkg.name ? byName : null;
  if (one.target === null || one.target.startsWith(`${pkg.folder}/`)) return null;
  for (const other of workspace.packages.values()) {
    if (one.target.startsWith(`${other.folder}/`)) return `${other.name}'s files by path`;
  }
  return `${one.target}, which is outside of it`;
}

function allowance(imports: readonly string[]): string {
  return imports.length > 0 ? `only ${imports.join(' and ')}` : 'nothing of the workspace';
}
