import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../../test/run-program.ts';
import { findTarget } from './find-target.ts';

describe('findTarget', () => {
  it('finds a file with and without its extension, and the names behind it', () => {
    const folder = folderWith({ 'hello.ts': '', 'a.mjs': '' });
    const file = join(folder, 'hello.ts');
    expect(findTarget('hello.ts', folder)).toEqual({ file, shown: 'hello.ts', names: [] });
    expect(findTarget('hello', folder)).toEqual({ file, shown: 'hello', names: [] });
    expect(findTarget('./hello:app', folder)).toEqual({ file, shown: './hello', names: ['app'] });
    expect(findTarget('hello.ts:site.admin', folder).names).toEqual(['site', 'admin']);
    expect(findTarget(`${file}:$ä`, '/').names).toEqual(['$ä']);
    expect(findTarget('a:x', folder).file).toBe(join(folder, 'a.mjs'));
  });

  it.skipIf(process.platform === 'win32')('takes a file whose own name has a colon', () => {
    const folder = folderWith({ 'a:b': '' });
    expect(findTarget('a:b', folder)).toMatchObject({ shown: 'a:b', names: [] });
  });

  it('says what is missing', () => {
    const folder = folderWith({ 'hello.ts': '' });
    mkdirSync(join(folder, 'public'));
    expect(() => findTarget('helo.ts', folder)).toThrow(
      "There is no file 'helo.ts'. Did you mean 'hello.ts'?",
    );
    expect(() => findTarget('helo:app', folder)).toThrow(
      "There is no file 'helo'. Did you mean 'hello'?",
    );
    expect(() => findTarget('no/such/place', folder)).toThrow("There is no file 'no/such/place'.");
    expect(() => findTarget('public', folder)).toThrow("'public' is a folder");
    expect(() => findTarget('hello:a..b', folder)).toThrow('a dot too many');
  });
});
