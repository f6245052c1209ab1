import type { Problem } from '../problem.ts';
import { lineOf } from '../source-file.ts';
import type { Workspace } from '../workspace.ts';

/** Only the files that `exports` names export again what stands elsewhere. */
export function checkReExports({ packages }: Workspace): Problem[] {
  const problems: Problem[] = [];
  for (const pkg of packages.values()) {
    const entries = new Set(pkg.entries.values());
    for (const file of pkg.files.values()) {
      if (entries.has(file.path) || file.reExports.length === 0) continue;
      const names = file.reExports.join(', ');
      const message = `re-exports ${names}; import from where it stands, only entries re-export`;
      problems.push({ file: file.path, line: lineOf(file, /^export\b.*[{*]/), message });
    }
  }
  return problems;
}
