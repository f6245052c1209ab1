import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type BuildFailure, build, type Metafile, type Plugin, transform } from 'esbuild';
import { NODE_GLOBALS, SOURCE_CONDITION } from './policy.ts';
import type { Problem } from './problem.ts';

/** An import as it is written, and what it leads to. */
export interface SourceImport {
  specifier: string;
  /** The file, when it is one of the workspace's; null for a package or a builtin module. */
  target: string | null;
  /** `type`: gone at run time. */
  kind: 'static' | 'dynamic' | 'type';
}

/** A source file as far as structure goes. Paths are relative to the workspace's root. */
export interface SourceFile {
  path: string;
  text: string;
  lines: number;
  imports: readonly SourceImport[];
  /** Names that it imports and exports again; `*` for a whole module. */
  reExports: readonly string[];
  /** Globals of Node's that it uses. */
  nodeGlobals: readonly string[];
}

const TYPESCRIPT = { compilerOptions: { verbatimModuleSyntax: true } } as const;
const GLOBAL_MARK = '__node_global_';

/** Every use of a global of Node's, free of scopes that shadow it, becomes a marked name. */
const MARK_GLOBALS = Object.fromEntries(
  NODE_GLOBALS.flatMap((name) => [
    [name, GLOBAL_MARK + name],
    [`globalThis.${name}`, GLOBAL_MARK + name],
  ]),
);

/** Reads files of one package by means of esbuild, which knows TypeScript's imports and scopes. */
export async function readSources(
  root: string,
  paths: readonly string[],
): Promise<{ files: SourceFile[]; problems: Problem[] }> {
  try {
    const [withTypes, atRunTime] = await Promise.all([
      importGraph(root, paths, [typesAsValues]),
      importGraph(root, paths, []),
    ]);
    const read = async (path: string): Promise<SourceFile> => {
      const text = await readFile(join(root, path), 'utf8');
      const runTimeImports = importsOf(atRunTime, root, path);
      const known = importsOf(withTypes, root, path).map((one) =>
        runTimeImports.some((other) => other.specifier === one.specifier)
          ? one
          : { ...one, kind: 'type' as const },
      );
      const imports = [...known, ...typeQueries(text, known)];
      return { path, text, lines: lineCount(text), imports, ...(await namesOf(text)) };
    };
    return { files: await Promise.all(paths.map(read)), problems: [] };
  } catch (error) {
    return { files: [], problems: buildProblems(error as BuildFailure) };
  }
}

/** The line on which `pattern` first stands outside a comment. */
export function lineOf({ text }: SourceFile, pattern: RegExp | string): number | undefined {
  const lines = text.split('\n');
  const index = lines.findIndex(
    (line) =>
      !isComment(line) &&
      (typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line)),
  );
  return index < 0 ? undefined : index + 1;
}

/** The line on which a file imports `specifier`. */
export function lineOfImport(file: SourceFile, { specifier }: SourceImport): number | undefined {
  return lineOf(file, `'${specifier}'`);
}

async function importGraph(
  root: string,
  paths: readonly string[],
  plugins: Plugin[],
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...paths],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    conditions: [SOURCE_CONDITION],
    packages: 'external',
    loader: { '.node': 'empty' },
    outdir: 'unwritten',
    write: false,
    metafile: true,
    logLevel: 'silent',
    tsconfigRaw: TYPESCRIPT,
    plugins,
  });
  return metafile;
}

/** Lets esbuild see imports and exports of types, which it would leave out. */
function keepTypeImports(text: string): string {
  return text
    .replace(/^import type(?=\s)/gm, 'import')
    .replace(/^export type(?=\s*[{*])/gm, 'export');
}

const typesAsValues: Plugin = {
  name: 'types-as-values',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: keepTypeImports(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

function importsOf(metafile: Metafile, root: string, path: string): SourceImport[] {
  const found = metafile.inputs[path]?.imports ?? [];
  return found.map(({ path: target, original, kind, external }) => ({
    specifier: original ?? target,
    target: external ? null : relative(root, join(root, target)).replaceAll('\\', '/'),
    kind: kind === 'dynamic-import' ? 'dynamic' : 'static',
  }));
}

/** `import('module').Name` in the place of a type: erased before esbuild tells of it. */
function typeQueries(text: string, known: readonly SourceImport[]): SourceImport[] {
  const queries: SourceImport[] = [];
  for (const line of text.split('\n')) {
    if (isComment(line)) continue;
    for (const [, specifier = ''] of line.matchAll(/\bimport\(\s*'([^']+)'/g)) {
      if (known.some((one) => one.specifier === specifier)) continue;
      queries.push({ specifier, target: null, kind: 'type' });
    }
  }
  return queries;
}

async function namesOf(text: string): Promise<Pick<SourceFile, 'reExports' | 'nodeGlobals'>> {
  const { code } = await transform(keepTypeImports(text), {
    loader: 'ts',
    define: MARK_GLOBALS,
    tsconfigRaw: TYPESCRIPT,
  });
  const globals = code.matchAll(new RegExp(`\\b${GLOBAL_MARK}(\\w+)`, 'g'));
  return {
    reExports: reExportsIn(code),
    nodeGlobals: [...new Set(Array.from(globals, ([, name]) => name!))],
  };
}

/** What a module, as esbuild prints it, exports of what it imports. */
function reExportsIn(code: string): string[] {
  const imported = new Set<string>();
  for (const [, list = ''] of code.matchAll(/^import (?:[^'"]*?)\{([^}]*)\} from /gm)) {
    for (const name of namesIn(list)) imported.add(name.split(' as ').at(-1)!);
  }
  const names: string[] = [];
  for (const _star of code.matchAll(/^export \* /gm)) names.push('*');
  for (const [, list = '', from] of code.matchAll(/^export \{([^}]*)\}( from )?/gm)) {
    const exported = namesIn(list).map((name) => name.split(' as ')[0]!);
    names.push(...(from ? exported : exported.filter((name) => imported.has(name))));
    if (from && exported.length === 0) names.push('types');
  }
  return names;
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function isComment(line: string): boolean {
  return /^\s*(\/?\*|\/\/)/.test(line);
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function buildProblems(error: BuildFailure): Problem[] {
  if (!Array.isArray(error.errors)) throw error;
  return error.errors.map(({ text, location }) => ({
    file: location?.file ?? 'packages',
    line: location?.line,
    message: `${text}; the structure cannot be checked before this is mended`,
  }));
}
