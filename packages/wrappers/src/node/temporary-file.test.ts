import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDescriptors, testFolder } from '../testing/files.ts';
import { removeStaleFiles, temporaryFileName } from './stale-files.ts';
import { createTemporaryFile } from './temporary-file.ts';

let folder: string;

beforeEach(() => {
  folder = testFolder();
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);

describe('a temporary file', () => {
  it('is written and read at positions', async () => {
    const file = await createTemporaryFile({ folder });
    await file.write(bytes('hello world'), 0);
    await file.write(bytes('W'), 6);
    const read = new Uint8Array(8);
    expect(await file.read(read, 6)).toBe(5);
    expect(text(read.subarray(0, 5))).toBe('World');
    expect(await file.read(read, 100)).toBe(0);
    await file.close();
  });

  it.runIf(process.platform === 'linux')('has no name, and is gone when it is closed', async () => {
    const file = await createTemporaryFile({ folder });
    await file.write(bytes('hello'), 0);
    expect(await readdir(folder)).toEqual([]);
    expect(openDescriptors(folder)).toBe(1);
    await file.close();
    await file.close();
    expect(openDescriptors(folder)).toBe(0);
  });

  it('keeps an unguessable name for its user alone where it must have one, until it is closed', async () => {
    const files = await Promise.all(
      Array.from({ length: 20 }, () => createTemporaryFile({ folder, unlinkEarly: false })),
    );
    const names = await readdir(folder);
    expect(new Set(names.map((name) => name.slice(-36))).size).toBe(20);
    if (process.platform !== 'win32') {
      for (const name of names) {
        expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
      }
    }
    await Promise.all(files.map((file) => file.close()));
    await files[0]!.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is closed after the reads that are under way', async () => {
    const file = await createTemporaryFile({ folder });
    await file.write(new Uint8Array(100_000).fill(7), 0);
    const reads = Array.from({ length: 10 }, () => file.read(new Uint8Array(100_000), 0));
    const closed = file.close();
    expect(await Promise.all(reads)).toEqual(Array(10).fill(100_000));
    await closed;
    await expect(file.read(new Uint8Array(1), 0)).rejects.toThrow();
    await expect(file.write(new Uint8Array(1), 0)).rejects.toThrow();
  });

  it('is refused where there is no folder for it', async () => {
    const missing = join(folder, 'missing');
    await expect(createTemporaryFile({ folder: missing })).rejects.toThrow('ENOENT');
  });

  it.runIf(process.platform === 'linux')(
    'is closed when nobody can reach it any more',
    async () => {
      const child = runInChild(`
      await (async () => { await createTemporaryFile({ folder }); })();
      console.log(opened());
      while (opened() > 0) { gc(); await new Promise((done) => setTimeout(done, 5)); }
      console.log(opened());
    `);
      const output = { out: '', err: '' };
      child.stdout.on('data', (chunk) => (output.out += chunk));
      child.stderr.on('data', (chunk) => (output.err += chunk));
      await once(child, 'close');
      expect(output).toEqual({ out: '1\n0\n', err: '' });
    },
  );

  it.runIf(process.platform === 'linux')('leaves nothing of a process that is killed', async () => {
    const child = runInChild(`
      globalThis.file = await createTemporaryFile({ folder });
      await file.write(new Uint8Array(1_000_000), 0);
      console.log(opened());
      setInterval(() => {}, 1000);
    `);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await readdir(folder)).toEqual([]);
  });
});

/** Runs a script that can make files in the folder and knows how many of them are open. */
function runInChild(script: string) {
  const module = import.meta.resolve('./temporary-file.ts');
  const source = `
    import { readdirSync, readlinkSync } from 'node:fs';
    import { createTemporaryFile } from ${JSON.stringify(module)};
    const folder = ${JSON.stringify(folder)};
    const isOpen = (fd) => {
      try { return readlinkSync('/proc/self/fd/' + fd).startsWith(folder); } catch { return false; }
    };
    const opened = () => readdirSync('/proc/self/fd').filter(isOpen).length;
    ${script}`;
  const flags = ['--expose-gc', '--conditions=@werkstatt/source', '--input-type=module'];
  return spawn(process.execPath, [...flags, '-e', source], { stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('what killed processes left', () => {
  it('is removed, and nothing else', async () => {
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'close');
    const own = temporaryFileName();
    const stale = own.replace(`-${process.pid}-`, `-${ended.pid}-`);
    const others = ['werkstatt-upload-x', `${stale}.txt`, `my-${stale}`, 'werkstatt-upload-1-2'];
    for (const name of [own, stale, ...others]) await writeFile(join(folder, name), '');
    await removeStaleFiles(folder);
    expect((await readdir(folder)).sort()).toEqual([own, ...others].sort());
    await removeStaleFiles(join(folder, 'missing'));
  });

  it('is removed when the first file is made in a folder', async () => {
    const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const name = temporaryFileName().replace(`-${process.pid}-`, `-${killed.pid}-`);
    await writeFile(join(folder, name), 'left');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    const file = await createTemporaryFile({ folder, unlinkEarly: false });
    expect(await readdir(folder)).not.toContain(name);
    await file.close();
  });
});
