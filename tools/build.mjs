/**
 * Builds the published form of every package: one ES module per entry of `exports`, one per platform
 * of each entry of `imports`, what several of them share in chunks, with source maps. `tsc --build` makes the declarations beside them.
 *
 * `node tools/build.mjs` writes to the `dist` of each package, `node tools/build.mjs FOLDER` to
 * that of a folder of its name in FOLDER.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { readWorkspace } from './check-structure/workspace.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const destination = resolve(process.argv[2] ?? join(root, 'packages'));
const { packages, problems } = await readWorkspace(root);
if (problems.length > 0) throw new Error(`${problems[0].file}: ${problems[0].message}`);

for (const { folder, entries, platforms, manifest } of packages.values()) {
  const outdir = join(destination, basename(folder), 'dist');
  removeModules(outdir);
  await build({
    absWorkingDir: root,
    entryPoints: [...entries.values(), ...platforms],
    outbase: join(folder, 'src'),
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    external: Object.keys(manifest.imports ?? {}), // which platform it is shows when it runs
    sourcemap: true,
    sourcesContent: false, // `src` is published as well
    logLevel: 'warning',
  });
}

/** Removes what an earlier build wrote, whose chunks have other names; declarations stay. */
function removeModules(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true })) {
    if (/\.js(\.map)?$/.test(name)) rmSync(join(folder, name));
  }
}
