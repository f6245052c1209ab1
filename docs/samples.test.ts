import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplesOf } from './samples.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = promisify(execFile);

/** What samples may take as given, beside what they import. */
const GIVEN = `
declare const environ: import('@werkstatt/core').Environ;
declare const startResponse: import('@werkstatt/core').StartResponse;
declare const app: import('@werkstatt/core').GatewayApp;
declare const request: import('@werkstatt/wrappers').Request;
`;

describe('samplesOf', () => {
  it('finds the TypeScript modules and where they stand', () => {
    const markdown =
      "# Title\n\n```ts\nimport 'a';\n```\n\n```sh\nls\n```\n\n~~~ts\nimport 'b';\nb();\n~~~\n";
    expect(samplesOf(markdown)).toEqual([
      { line: 4, code: "import 'a';" },
      { line: 12, code: "import 'b';\nb();" },
    ]);
  });

  it('leaves out excerpts', () => {
    expect(samplesOf('```ts\nreturn x;\n```')).toEqual([]);
  });
});

describe('the samples of the documents', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'werkstatt-samples-'));
    const modules = join(folder, 'node_modules');
    await mkdir(join(modules, '@werkstatt'), { recursive: true });
    for (const name of await readdir(join(root, 'packages'))) {
      await symlink(join(root, 'packages', name), join(modules, '@werkstatt', name));
    }
    await symlink(join(root, 'node_modules/@types'), join(modules, '@types'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('compile', async () => {
    const files = await writeSamples(folder);
    expect(files.length).toBeGreaterThan(0);
    await writeFile(join(folder, 'given.d.ts'), GIVEN);
    const compilerOptions = {
      noEmit: true,
      composite: false,
      declaration: false,
      declarationMap: false,
      isolatedDeclarations: false,
      rewriteRelativeImportExtensions: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      types: ['node'],
    };
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions,
        files: [...files, 'given.d.ts'],
      }),
    );
    const compiler = join(root, 'node_modules/.bin/tsc');
    const errors = await run(compiler, ['--project', folder, '--pretty', 'false'], { cwd: folder })
      .then(() => '')
      .catch((error: { stdout: string }) => error.stdout);
    expect(errors).toBe('');
  });
});

/**
 * Makes a module of every sample, named after its document and its line there. Empty lines before it
 * make the compiler's line numbers those of the document.
 */
async function writeSamples(folder: string): Promise<string[]> {
  const documents = globSync(['*.md', '{packages,docs,examples,bench,conformance}/**/*.md'], {
    cwd: root,
    exclude: (path) => /(?:^|[\\/])(?:node_modules|dist)$/.test(path),
  });
  const names: string[] = [];
  for (const document of documents.sort()) {
    for (const { line, code } of samplesOf(readFileSync(join(root, document), 'utf8'))) {
      const name = `${document.replaceAll(/[\\/.]/g, '-')}-${line}.ts`;
      await writeFile(join(folder, name), `${'\n'.repeat(line - 1)}${code}\nexport {};\n`);
      names.push(name);
    }
  }
  return names;
}
