import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const packages = readdirSync(join(root, 'packages'));
const TIMEOUT = 60_000;

const HELLO = `
import { makeServer } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';

const app = Request.application((request) => new Response('Hello ' + request.path));
const server = makeServer({ host: '127.0.0.1', app });
process.once('SIGTERM', () => void server.shutdown());
await server.listen();
console.log(server.url);
await server.serveForever();
`;

const PLATFORM = `
import { generateEtag } from '@werkstatt/core';
import { checkPasswordHash, generatePasswordHash } from '@werkstatt/core/node';

const hash = await generatePasswordHash(generateEtag('a'), { method: 'pbkdf2:sha256:1' });
const checks = [generateEtag('a'), generateEtag('b')].map((text) => checkPasswordHash(hash, text));
console.log(JSON.stringify(await Promise.all(checks)));
`;

/** A folder with the packed packages in its node_modules, as `npm install` would lay them out. */
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'werkstatt-published-'));
  const sources = join(folder, 'sources');
  for (const name of packages) {
    cpSync(join(root, 'packages', name), join(sources, name), {
      recursive: true,
      filter: (path) => !/[\\/]node_modules$|[\\/]dist[\\/][^\\/]*\.js(\.map)?$/.test(path),
    });
  }
  await run(process.execPath, [join(root, 'tools/build.mjs'), sources]);
  await Promise.all(packages.map((name) => install(join(sources, name))));
  link('cookie', join(root, 'packages/core/node_modules/cookie'));
  link('@types/node', join(root, 'node_modules/@types/node'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}, TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packs a package and unpacks it where it would be installed. */
async function install(source: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--pack-destination', folder, source]);
  const tarball = join(folder, stdout.trim().split('\n').at(-1)!);
  const target = installed(basename(source));
  mkdirSync(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', target, '--strip-components', '1']);
}

function installed(name: string): string {
  return join(folder, 'node_modules/@werkstatt', name);
}

function link(name: string, target: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(join(path, '..'), { recursive: true });
  symlinkSync(realpathSync(target), path, 'junction');
}

/** Every path in the conditions of a package.json. */
function pathsIn(conditions: object): string[] {
  return Object.values(conditions).flatMap((target) =>
    typeof target === 'string' ? [target] : pathsIn(target),
  );
}

/** What a program of the folder gets: Node alone, no loader, no condition. */
function plainNode(): { cwd: string; env: NodeJS.ProcessEnv } {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return { cwd: folder, env };
}

describe('the published packages', () => {
  it('hold every file that their exports name, and no tests', () => {
    for (const name of packages) {
      const manifest = JSON.parse(readFileSync(join(installed(name), 'package.json'), 'utf8'));
      for (const path of pathsIn([manifest.exports, manifest.imports ?? {}])) {
        expect(existsSync(join(installed(name), path)), `${name}: ${path}`).toBe(true);
      }
      const files = readdirSync(installed(name), { recursive: true, encoding: 'utf8' });
      expect(files.filter((path) => /\.test(-d)?\.|tsbuildinfo/.test(path))).toEqual([]);
    }
  });

  it('find what is for their platform', { timeout: TIMEOUT }, async () => {
    writeFileSync(join(folder, 'platform.js'), PLATFORM);
    const { stdout } = await run(process.execPath, ['platform.js'], plainNode());
    expect(JSON.parse(stdout)).toEqual([true, false]);
  });

  it('serve a hello world on plain Node', { timeout: TIMEOUT }, async () => {
    writeFileSync(join(folder, 'hello.js'), HELLO);
    const server = spawn(process.execPath, ['hello.js'], plainNode());
    const exited = once(server, 'exit');
    try {
      const [url] = await once(createInterface(server.stdout), 'line');
      const response = await fetch(`${url}/published`);
      expect(await response.text()).toBe('Hello /published');
    } finally {
      server.kill('SIGTERM');
    }
    expect(await exited).toEqual([0, null]);
  });

  it('type-check in a strict project', { timeout: TIMEOUT }, async () => {
    writeFileSync(join(folder, 'hello.ts'), HELLO);
    const options = { module: 'NodeNext', target: 'ES2024', strict: true, types: ['node'] };
    const config = { compilerOptions: { ...options, noEmit: true }, files: ['hello.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(root, 'node_modules/.bin/tsc');
    await expect(run(tsc, ['--project', folder])).resolves.toMatchObject({ stdout: '' });
  });

  it('bring a command that tells its usage', { timeout: TIMEOUT }, async () => {
    const command = join(installed('serving'), 'bin/werkstatt.js');
    const { stdout } = await run(process.execPath, [command, '--help'], plainNode());
    expect(stdout).toContain('werkstatt serve');
  });
});
