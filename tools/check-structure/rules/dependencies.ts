import type { Problem } from '../problem.ts';
import { lineOfImport, type SourceFile, type SourceImport } from '../source-file.ts';
import type { Package, Workspace } from '../workspace.ts';
import { packageOf } from './package-of.ts';

/**
 * Sources import only packages of their own package.json; optional peers by `import()` alone, so
 * that everything else works without them.
 */
export function checkDependencies({ packages }: Workspace): Problem[] {
  return [...packages.values()].flatMap((pkg) =>
    [...pkg.files.values()].flatMap((file) =>
      file.imports.flatMap((one) => checkImport(pkg, file, one)),
    ),
  );
}

function checkImport(pkg: Package, file: SourceFile, one: SourceImport): Problem[] {
  const name = packageOf(one.specifier);
  if (name === null || name === pkg.name) return [];
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = pkg.manifest;
  const optional = peerDependenciesMeta[name]?.optional === true;
  const line = lineOfImport(file, one);
  if (!(name in dependencies) && !(name in peerDependencies)) {
    const message = `${name} is not among the dependencies in ${pkg.folder}/package.json`;
    return [{ file: file.path, line, message }];
  }
  if (optional && one.kind === 'static') {
    const message = `${name} is an optional peer: load it by import('${name}') where it is used`;
    return [{ file: file.path, line, message }];
  }
  return [];
}
