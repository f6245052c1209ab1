import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  entry,
  inFolder,
  manifest,
  platformImports,
  problemsOf,
  type Tree,
} from './check-structure/fixture.ts';

const core: Tree = {
  'core/package.json': manifest('@werkstatt/core', { dependencies: { cookie: '2' } }),
  'core/src/index.ts': "export { a } from './room/a.ts';\n",
  'core/src/room/a.ts': "import 'cookie';\nexport const a = 1;\n",
};

const debug: Tree = {
  'debug/package.json': manifest('@werkstatt/debug', {
    dependencies: { '@werkstatt/core': 'workspace:*' },
  }),
  'debug/src/index.ts': "export { b } from './b.ts';\n",
  'debug/src/b.ts': "import { a } from '@werkstatt/core';\nexport const b = a;\n",
};

const serving: Tree = {
  'serving/package.json': manifest('@werkstatt/serving', {
    dependencies: { '@werkstatt/core': 'workspace:*' },
    peerDependencies: { '@werkstatt/debug': 'workspace:*' },
    peerDependenciesMeta: { '@werkstatt/debug': { optional: true } },
  }),
  'serving/src/index.ts':
    "import { readFileSync } from 'node:fs';\n" +
    'export const text = () => readFileSync(process.argv[1]!);\n' +
    "export const load = () => import('@werkstatt/debug');\n",
};

const sound: Tree = { ...core, ...debug, ...serving };

/** What the check says of the sound workspace once a file of it has other text. */
function problemsWith(changes: Tree): Promise<string[]> {
  return problemsOf({ ...sound, ...changes });
}

describe('a sound workspace', () => {
  it('has no problems', async () => {
    expect(await problemsOf(sound)).toEqual([]);
  });
});

describe('the direction of imports', () => {
  it('refuses an import against the arrows, of types as well', async () => {
    const dependencies = { cookie: '2', '@werkstatt/debug': 'workspace:*' };
    const changes = { 'core/package.json': manifest('@werkstatt/core', { dependencies }) };
    const expected =
      'packages/core/src/room/a.ts:2: @werkstatt/core may not import @werkstatt/debug';
    for (const line of [
      "import { b } from '@werkstatt/debug';",
      "import type { b } from '@werkstatt/debug';",
      "type B = import('@werkstatt/debug').B;",
    ]) {
      const text = `\n${line}\nexport const a = 1;\n`;
      const problems = await problemsWith({ ...changes, 'core/src/room/a.ts': text });
      expect(problems, line).toEqual([`${expected}: nothing of the workspace`]);
    }
  });

  it("refuses the way into another package's files by path", async () => {
    const text = "import { a } from '../../core/src/room/a.ts';\nexport const b = a;\n";
    const [problem] = await problemsWith({ 'debug/src/b.ts': text });
    expect(problem).toContain(
      "debug/src/b.ts:1: @werkstatt/debug may not import @werkstatt/core's files",
    );
  });

  it('refuses an optional peer that is not loaded when it is needed', async () => {
    const text = "import { b } from '@werkstatt/debug';\nexport const c = b;\n";
    const problems = await problemsWith({ 'serving/src/index.ts': text });
    expect(problems).toContainEqual(
      "packages/serving/src/index.ts:1: @werkstatt/debug is optional here: load it by import('@werkstatt/debug') where it is used",
    );
  });

  it('asks for the arrows of a new package', async () => {
    const [problem] = await problemsWith({
      'new/package.json': manifest('@werkstatt/new'),
      'new/src/index.ts': 'export const n = 1;\n',
    });
    expect(problem).toContain('packages/new/package.json: @werkstatt/new has no arrows');
  });
});

describe('dependencies', () => {
  it('refuses a package that package.json does not name', async () => {
    const text = "export const load = () => import('busboy/lib/main.js');\n";
    expect(await problemsWith({ 'debug/src/b.ts': `${text}export const b = 1;\n` })).toEqual([
      'packages/debug/src/b.ts:1: busboy is not among the dependencies in packages/debug/package.json',
    ]);
  });

  it('refuses a static import of an optional peer', async () => {
    const peer = { busboy: '1' };
    const changes = {
      'debug/package.json': manifest('@werkstatt/debug', {
        peerDependencies: peer,
        peerDependenciesMeta: { busboy: { optional: true } },
      }),
      'debug/src/b.ts': "import 'busboy';\nexport const b = 1;\n",
    };
    expect(await problemsWith(changes)).toEqual([
      "packages/debug/src/b.ts:1: busboy is an optional peer: load it by import('busboy') where it is used",
    ]);
  });
});

describe('runtime-neutral packages', () => {
  it("refuse Node's modules: static, dynamic, as a type, without the prefix", async () => {
    for (const [specifier, line] of [
      ['node:fs', "import 'node:fs';"],
      ['node:fs', "export const fs = () => import('node:fs');"],
      ['node:net', "import type { Socket } from 'node:net';"],
      ['node:net', "export type S = import('node:net').Socket;"],
      ['fs', "import 'fs';"],
    ] as const) {
      const problems = await problemsWith({
        'core/src/room/a.ts': `${line}\nexport const a = 1;\n`,
      });
      expect(problems, line).toHaveLength(1);
      expect(problems[0]).toContain(`core/src/room/a.ts:1: ${specifier} exists on Node only`);
    }
  });

  it("refuse Node's globals, but not a name that shadows one", async () => {
    const free =
      '// process\nexport const a = () => process.pid;\nexport const n = typeof globalThis.Buffer;\n';
    const problems = await problemsWith({ 'core/src/room/a.ts': free });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('core/src/room/a.ts:2: the global process exists on Node only');
    expect(problems[1]).toContain('core/src/room/a.ts:3: the global Buffer exists on Node only');

    const shadowed = 'export const a = (process: string) => "Buffer " + process;\n';
    expect(await problemsWith({ 'core/src/room/a.ts': shadowed })).toEqual([]);
  });

  it('may use Node behind an entry made for it, which no main entry leads to', async () => {
    const exports = { '.': entry('index'), './node': entry('node') };
    const changes = {
      'core/package.json': manifest('@werkstatt/core', { exports, dependencies: { cookie: '2' } }),
      'core/src/node.ts': "import { pid } from 'node:process';\nexport const p = pid;\n",
    };
    expect(await problemsWith(changes)).toEqual([]);
    const index = "export { p } from './node.ts';\n";
    const problems = await problemsWith({ ...changes, 'core/src/index.ts': index });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('core/src/node.ts:1: node:process exists on Node only');
  });

  it("refuse another package's entry that is made for Node", async () => {
    const changes = {
      'wrappers/package.json': manifest('@werkstatt/wrappers', {
        dependencies: { '@werkstatt/core': 'workspace:*' },
      }),
      'wrappers/src/index.ts': "import '@werkstatt/core/local';\nexport const w = 1;\n",
    };
    const problems = await problemsWith(changes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('wrappers/src/index.ts:1: @werkstatt/core/local may use Node');
  });

  it("follow a package's own `imports` as other runtimes do", async () => {
    const platform = (neutral: string): Tree => ({
      'core/package.json': manifest('@werkstatt/core', { imports: platformImports('platform') }),
      'core/src/node/platform.ts': "import { pid } from 'node:process';\nexport const p = pid;\n",
      'core/src/platform-neutral.ts': neutral,
      'core/src/room/a.ts': "import { p } from '#platform';\nexport const a = p;\n",
    });
    expect(await problemsWith(platform('export const p = 1;\n'))).toEqual([]);
    const problems = await problemsWith(platform('export const p = process.pid;\n'));
    expect(problems[0]).toContain('core/src/platform-neutral.ts:1: the global process');
  });
});

describe('imports of a platform', () => {
  it('have one file for Node and one for other platforms', async () => {
    const imports = platformImports('platform');
    const [one, other, ...further] = await problemsWith({
      'core/package.json': manifest('@werkstatt/core', { imports }),
      'core/src/room/a.ts': 'export const a = 1;\n',
    });
    expect(further).toEqual([]);
    expect(one).toContain('imports["#platform"] leads to src/node/platform.ts');
    expect(other).toContain('imports["#platform"] leads to src/platform-neutral.ts');
  });

  it('have the conditions of this workspace', async () => {
    for (const imports of [
      { '#platform': './src/index.ts' },
      { '#Platform': platformImports('platform')['#platform'] },
    ]) {
      const [problem] = await problemsWith({
        'core/package.json': manifest('@werkstatt/core', { imports }),
        'core/src/room/a.ts': 'export const a = 1;\n',
      });
      expect(problem).toMatch(/imports\["#[Pp]latform"\](: write #| must be )/);
    }
  });
});

describe('import cycles', () => {
  it('are refused with the files that make them', async () => {
    const changes = {
      'core/src/room/a.ts': "import { c } from './c.ts';\nexport const a = () => c;\n",
      'core/src/room/c.ts': "import { a } from './a.ts';\nexport const c = () => a;\n",
    };
    const [problem, ...further] = await problemsWith(changes);
    expect(further).toEqual([]);
    expect(problem).toContain(
      'room/a.ts -> packages/core/src/room/c.ts -> packages/core/src/room/a.ts',
    );
  });

  it('may be of types, which are gone when modules are evaluated', async () => {
    const changes = {
      'core/src/room/a.ts': "import { c } from './c.ts';\nexport const a = () => c;\n",
      'core/src/room/c.ts':
        "import type { a } from './a.ts';\nexport const c = (x: typeof a) => x;\n",
    };
    expect(await problemsWith(changes)).toEqual([]);
  });
});

describe('imports and exports as they are written', () => {
  it('refuses relative imports without the extension', async () => {
    const text = "import { a } from './room/a';\nexport const b = a;\n";
    expect(await problemsWith({ 'core/src/index.ts': text })).toEqual([
      "packages/core/src/index.ts:1: write './room/a' with its extension .ts",
    ]);
  });

  it('refuses re-exports in files that are no entries, in every notation', async () => {
    for (const text of [
      "export { c } from './c.ts';",
      "export * from './c.ts';",
      "export * as all from './c.ts';",
      "export type { C } from './c.ts';",
      "export { type C } from './c.ts';",
      "import { c } from './c.ts';\nexport { c };",
      "import { c as d } from './c.ts';\nexport { d as e };",
    ]) {
      const problems = await problemsWith({
        'core/src/room/a.ts': `${text}\nexport const a = 1;\n`,
        'core/src/room/c.ts': 'export const c = 1;\nexport type C = 1;\n',
      });
      expect(problems, text).toHaveLength(1);
      expect(problems[0]).toMatch(/core\/src\/room\/a\.ts:[12]: re-exports/);
    }
  });

  it('tells an import that leads nowhere', async () => {
    const text = "\nimport { a } from './gone.ts';\nexport const b = a;\n";
    const problems = await problemsWith({ 'core/src/index.ts': text });
    expect(problems[0]).toContain('packages/core/src/index.ts:2: Could not resolve "./gone.ts"');
  });
});

describe('the length of files', () => {
  const lines = (count: number): string => `export const a = 1;${'\n'.repeat(count)}`;

  it('is 800 lines at most', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 18 }, (_, i) => [
        `core/src/room/few-${i}.ts`,
        'export const few = 1;\n',
      ]),
    );
    expect(await problemsWith({ ...many, 'core/src/room/a.ts': lines(800) })).toEqual([]);
    expect(await problemsWith({ ...many, 'core/src/room/a.ts': lines(801) })).toEqual([
      'packages/core/src/room/a.ts: 801 lines, of 800 at most; split it by subject',
    ]);
  });

  it('is over 400 lines in one file of ten', async () => {
    const [problem, ...further] = await problemsWith({ 'core/src/room/a.ts': lines(401) });
    expect(further).toEqual([]);
    expect(problem).toContain('packages/core: 1 of 2 files have over 400 lines');
    expect(problem).toContain('\n  packages/core/src/room/a.ts: 401');
  });
});

describe('entries', () => {
  it('have the three conditions in their order', async () => {
    const { default: last, types, ...source } = entry('index');
    for (const conditions of [
      { ...source, types },
      { default: last, types, ...source },
      './a.js',
    ]) {
      const exports = { '.': conditions };
      const [problem] = await problemsWith({
        'debug/package.json': manifest('@werkstatt/debug', { exports }),
      });
      expect(problem).toContain('packages/debug/package.json: exports["."] must be');
    }
  });

  it('lead to a file of their name directly under src', async () => {
    for (const [subpath, name, message] of [
      ['./b', 'other', 'must be'],
      ['./room/a', 'room/a', 'an entry is one file directly under src/'],
      ['./gone', 'gone', 'leads to src/gone.ts, which does not exist'],
    ] as const) {
      const exports = { '.': entry('index'), [subpath]: entry(name) };
      const dependencies = { '@werkstatt/core': 'workspace:*' };
      const problems = await problemsWith({
        'debug/package.json': manifest('@werkstatt/debug', { exports, dependencies }),
      });
      expect(problems[0]).toContain(`packages/debug/package.json: exports["${subpath}"]`);
      expect(problems[0]).toContain(message);
    }
  });
});

describe('the command', () => {
  const command = fileURLToPath(new URL('./check-structure.ts', import.meta.url));
  const source = new URL('./source.mjs', import.meta.url).href;
  const run = (root: string) =>
    spawnSync(process.execPath, ['--import', source, command, root], { encoding: 'utf8' });

  it('ends with 0 and says nothing when no rule is broken', async () => {
    const { status, stdout, stderr } = await inFolder(sound, run);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('ends with 1 and tells each broken rule', async () => {
    const text = "import { a } from './room/a';\nexport const b = process.pid + a;\n";
    const { status, stderr } = await inFolder({ ...sound, 'core/src/index.ts': text }, run);
    expect(status).toBe(1);
    expect(stderr).toContain('index.ts:1: write');
    expect(stderr).toContain('index.ts:2: the global process');
    expect(stderr).toContain('2 rules of structure are broken');
  });
});
