import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCE_CONDITION } from './policy.ts';
import type { Problem } from './problem.ts';
import { readSources, type SourceFile } from './source-file.ts';

/** The part of a package.json that the rules look at. */
export interface Manifest {
  name: string;
  exports?: Readonly<Record<string, unknown>>;
  imports?: Readonly<Record<string, unknown>>;
  dependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
  peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
}

/** A package with its sources; tests are not among them. */
export interface Package {
  name: string;
  /** Relative to the workspace's root, as all paths are. */
  folder: string;
  manifest: Manifest;
  /** By path. */
  files: ReadonlyMap<string, SourceFile>;
  /** The source of each subpath in `exports`. */
  entries: ReadonlyMap<string, string>;
  /** The sources, for Node and for other platforms, of what `imports` names. */
  platforms: readonly string[];
}

/** Everything under `packages/`, and what could not be read of it. */
export interface Workspace {
  root: string;
  /** By name. */
  packages: ReadonlyMap<string, Package>;
  problems: readonly Problem[];
}

const TEST_FILE = /\.test(-d)?\.ts$/;

/** Reads the packages that stand under `packages/` of `root`. */
export async function readWorkspace(root: string): Promise<Workspace> {
  const packages = new Map<string, Package>();
  const problems: Problem[] = [];
  for (const directory of readdirSync(join(root, 'packages')).sort()) {
    const folder = `packages/${directory}`;
    const manifestFile = join(root, folder, 'package.json');
    if (!existsSync(manifestFile)) continue;
    const manifest: Manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
    const sources = await readSources(root, sourcePaths(root, folder));
    problems.push(...sources.problems);
    packages.set(manifest.name, {
      name: manifest.name,
      folder,
      manifest,
      files: new Map(sources.files.map((file) => [file.path, file])),
      entries: entriesOf(manifest, folder),
      platforms: platformsOf(manifest, folder),
    });
  }
  return { root, packages, problems };
}

function sourcePaths(root: string, folder: string): string[] {
  const source = join(root, folder, 'src');
  if (!existsSync(source)) return [];
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !TEST_FILE.test(path))
    .map((path) => `${folder}/src/${path}`)
    .sort();
}

function entriesOf(manifest: Manifest, folder: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const source = (target as Record<string, unknown> | null)?.[SOURCE_CONDITION];
    if (typeof source === 'string')
      entries.set(subpath, `${folder}/${source.replace(/^\.\//, '')}`);
  }
  return entries;
}

function platformsOf(manifest: Manifest, folder: string): string[] {
  return Object.values(manifest.imports ?? {}).flatMap((target) => {
    const sources = (target as Record<string, unknown> | null)?.[SOURCE_CONDITION];
    const paths = new Set(Object.values(sources ?? {}).map(String));
    return [...paths].map((path) => `${folder}/${path.replace(/^\.\//, '')}`);
  });
}
