import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY_CONDITIONS } from '../policy.ts';
import type { Problem } from '../problem.ts';
import type { Package, Workspace } from '../workspace.ts';

/** Each entry of `exports` is one file directly under `src/`, by the same conditions. */
export function checkEntries({ root, packages }: Workspace): Problem[] {
  return [...packages.values()].flatMap((pkg) => {
    const file = `${pkg.folder}/package.json`;
    return Object.entries(pkg.manifest.exports ?? {})
      .filter(([subpath]) => subpath !== './package.json')
      .map(([subpath, target]) => entryProblem(root, pkg, subpath, target))
      .filter((message) => message !== null)
      .map((message) => ({ file, message }));
  });
}

function entryProblem(root: string, pkg: Package, subpath: string, target: unknown): string | null {
  const name = subpath === '.' ? 'index' : subpath.slice(2);
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    return `exports["${subpath}"]: an entry is one file directly under src/, in kebab-case`;
  }
  const wanted = ENTRY_CONDITIONS.map(([condition, path]) => [condition, path.replace('*', name)]);
  if (JSON.stringify(Object.entries(target ?? {})) !== JSON.stringify(wanted)) {
    return `exports["${subpath}"] must be ${JSON.stringify(Object.fromEntries(wanted))}, in this order`;
  }
  if (!existsSync(join(root, pkg.folder, 'src', `${name}.ts`))) {
    return `exports["${subpath}"] leads to src/${name}.ts, which does not exist`;
  }
  return null;
}
