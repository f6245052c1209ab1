import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotFound } from '@werkstatt/core';
import { afterAll, describe, expect, it } from 'vitest';
import { serve, testEnviron } from '../testing/environ.ts';
import { testFolder } from '../testing/files.ts';
import { type SendFromDirectoryOptions, sendFromDirectory } from './send-from-directory.ts';

const folder = testFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const root = join(folder, 'static');

mkdirSync(join(root, 'sub'), { recursive: true });
mkdirSync(join(folder, 'static-evil'));
writeFileSync(join(root, 'hello.txt'), 'hello');
writeFileSync(join(root, 'sub/inner.txt'), 'inner');
writeFileSync(join(root, 'sub/a\\b ä%2e.txt'), 'odd');
writeFileSync(join(root, '\ufffd.txt'), 'odd');
writeFileSync(join(folder, 'secret.txt'), 'secret');
writeFileSync(join(folder, 'secret.txt.gz'), 'secret');
writeFileSync(join(folder, 'static-evil/secret.txt'), 'secret');
writeFileSync(join(root, 'noperm.txt'), 'secret');
chmodSync(join(root, 'noperm.txt'), 0);
symlinkSync('../secret.txt', join(root, 'link-outside'));
symlinkSync('..', join(root, 'link-up'));
symlinkSync('../static-evil', join(root, 'link-sibling'));
symlinkSync('sub/inner.txt', join(root, 'link-inside'));
symlinkSync('../secret.txt.gz', join(root, 'hello.txt.gz'));
symlinkSync('nowhere', join(root, 'link-broken'));
symlinkSync('link-loop', join(root, 'link-loop'));
symlinkSync('static', join(folder, 'link-static'));

async function get(
  path: string,
  options?: SendFromDirectoryOptions,
  directory: string = root,
): Promise<string> {
  const environ = testEnviron({ headers: { 'Accept-Encoding': 'gzip' } });
  return (await serve(await sendFromDirectory(directory, path, environ, options))).text;
}

describe('sendFromDirectory', () => {
  it('sends the files of the directory, at any depth', async () => {
    expect(await get('hello.txt')).toBe('hello');
    expect(await get('sub/inner.txt')).toBe('inner');
    expect(await get('sub/a\\b ä%2e.txt')).toBe('odd');
    expect(await get('\ufffd.txt')).toBe('odd');
  });

  it('finds nothing outside, and says no more of it than of what is missing', async () => {
    const paths = ['../secret.txt', '/etc/passwd', '../static-evil/secret.txt', '..', '../static'];
    paths.push(
      'sub/../../secret.txt',
      'missing',
      'hello.txt\0',
      `${'x'.repeat(300)}`,
      'hello.txt/x',
    );
    for (const path of paths) await expect(get(path), path).rejects.toThrow(NotFound);
  });

  it('finds nothing by a path that stands for another', async () => {
    const paths = [
      '',
      '.',
      './hello.txt',
      'sub//inner.txt',
      'sub/./inner.txt',
      'hello.txt/',
      'sub/',
    ];
    paths.push('sub/../hello.txt', 'sub', '/hello.txt', '\ud800.txt');
    for (const path of paths) await expect(get(path), path).rejects.toThrow(NotFound);
  });

  it('follows links within the directory, and out of it only if told to', async () => {
    expect(await get('link-inside')).toBe('inner');
    expect(await get('hello.txt', {}, join(folder, 'link-static'))).toBe('hello');
    const outside = ['link-outside', 'link-up/secret.txt', 'link-sibling/secret.txt'];
    for (const path of outside) {
      await expect(get(path), path).rejects.toThrow(NotFound);
      expect(await get(path, { followSymlinks: true })).toBe('secret');
    }
    for (const path of ['link-broken', 'link-loop', 'link-up', 'link-loop/x']) {
      await expect(get(path), path).rejects.toThrow(NotFound);
      await expect(get(path, { followSymlinks: true }), path).rejects.toThrow(NotFound);
    }
  });

  it('takes an encoded copy from within the directory only', async () => {
    expect(await get('hello.txt', { precompressed: true })).toBe('hello');
    expect(await get('hello.txt', { precompressed: true, followSymlinks: true })).toBe('secret');
  });

  it.skipIf(process.getuid?.() === 0)('does not find what it may not read', async () => {
    await expect(get('noperm.txt')).rejects.toThrow(NotFound);
  });

  it('calls a file by the name that was asked for', async () => {
    const response = await sendFromDirectory(root, 'link-inside', testEnviron());
    expect(response.headers.get('Content-Disposition')).toBe('inline; filename=link-inside');
    expect(response.contentType).toBe('application/octet-stream');
  });
});
