import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM_CONDITIONS } from '../policy.ts';
import type { Problem } from '../problem.ts';
import type { Package, Workspace } from '../workspace.ts';

/** Each entry of `imports` has one file for Node and one for every other platform. */
export function checkPlatformImports({ root, packages }: Workspace): Problem[] {
  return [...packages.values()].flatMap((pkg) => {
    const file = `${pkg.folder}/package.json`;
    return Object.entries(pkg.manifest.imports ?? {})
      .flatMap(([name, target]) => importProblems(root, pkg, name, target))
      .map((message) => ({ file, message }));
  });
}

function importProblems(root: string, pkg: Package, name: string, target: unknown): string[] {
  if (!/^#[a-z][a-z0-9-]*$/.test(name)) {
    return [`imports["${name}"]: write # and a name in kebab-case`];
  }
  const wanted = JSON.stringify(PLATFORM_CONDITIONS).replaceAll('*', name.slice(1));
  if (JSON.stringify(target) !== wanted) {
    return [`imports["${name}"] must be ${wanted}, in this order`];
  }
  return [`src/node/${name.slice(1)}.ts`, `src/${name.slice(1)}-neutral.ts`]
    .filter((path) => !existsSync(join(root, pkg.folder, path)))
    .map((path) => `imports["${name}"] leads to ${path}, which does not exist`);
}
