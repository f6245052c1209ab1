import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkStructure } from './check.ts';
import { PLATFORM_CONDITIONS } from './policy.ts';
import { formatProblem } from './problem.ts';
import type { Manifest } from './workspace.ts';

/** Files of a small workspace, by path under `packages/`. */
export type Tree = Readonly<Record<string, string>>;

/** The text of a package.json with one entry, or with what `changes` says. */
export function manifest(name: string, changes: Partial<Manifest> = {}): string {
  return JSON.stringify({ name, type: 'module', exports: { '.': entry('index') }, ...changes });
}

/** The conditions of an entry, as they have to be. */
export function entry(name: string): Record<string, string> {
  return {
    '@werkstatt/source': `./src/${name}.ts`,
    types: `./dist/${name}.d.ts`,
    default: `./dist/${name}.js`,
  };
}

/** The `imports` of a package that has a file for each platform. */
export function platformImports(name: string): Record<string, unknown> {
  const text = JSON.stringify(PLATFORM_CONDITIONS).replaceAll('*', name);
  return { [`#${name}`]: JSON.parse(text) };
}

/** What the check says of a workspace. */
export function problemsOf(tree: Tree): Promise<string[]> {
  return inFolder(tree, async (root) => (await checkStructure(root)).map(formatProblem));
}

/** Writes a workspace to a temporary folder for as long as `use` takes. */
export async function inFolder<T>(tree: Tree, use: (root: string) => T | Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'werkstatt-structure-'));
  try {
    for (const [path, text] of Object.entries(tree)) {
      const file = join(root, 'packages', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
