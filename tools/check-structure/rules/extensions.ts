import type { Problem } from '../problem.ts';
import { lineOfImport } from '../source-file.ts';
import type { Workspace } from '../workspace.ts';

/** Relative imports carry `.ts`, so that sources run as they are. */
export function checkExtensions({ packages }: Workspace): Problem[] {
  const problems: Problem[] = [];
  for (const pkg of packages.values()) {
    for (const file of pkg.files.values()) {
      for (const one of file.imports) {
        if (!one.specifier.startsWith('.') || /\.(ts|json)$/.test(one.specifier)) continue;
        const message = `write '${one.specifier}' with its extension .ts`;
        problems.push({ file: file.path, line: lineOfImport(file, one), message });
      }
    }
  }
  return problems;
}
