import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { safeJoin, safeJoinWindows } from './safe-join.ts';
import { secureFilename, secureFilenameWindows } from './secure-filename.ts';

const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'CON', ':', '\0', ' ', 'C:', '...');
const path = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

describe.skipIf(process.platform === 'win32')('safeJoin', () => {
  it('joins what stays within the directory', () => {
    expect(safeJoin('a', 'b/c')).toBe('a/b/c');
    expect(safeJoin('a', 'b//./c/../d')).toBe('a/b/d');
    expect(safeJoin('a', 'b', '', 'c')).toBe('a/b/c');
    expect(safeJoin('a', '')).toBe('a/');
    expect(safeJoin('a', '.')).toBe('a/.');
    expect(safeJoin('a', 'b/..')).toBe('a/.');
    expect(safeJoin('a/', '...', '..b')).toBe('a/.../..b');
    expect(safeJoin('', 'b')).toBe('./b');
    expect(safeJoin('/', 'b')).toBe('/b');
    expect(safeJoin('a')).toBe('a');
  });

  it('takes what is special elsewhere for a name', () => {
    for (const name of ['..\\b', 'CON', 'c:test', '~root', '%2e%2e', 'b.', 'b ']) {
      expect(safeJoin('a', name)).toBe(`a/${name}`);
    }
  });

  it('refuses what leaves the directory, is absolute, or has a NUL', () => {
    for (const name of ['..', '../b', 'b/../../c', '/b', '//b', 'b\0.txt', '/..']) {
      expect(safeJoin('a', name)).toBeNull();
      expect(safeJoin('a', 'b', name)).toBeNull();
    }
    expect(safeJoin('', '../b')).toBeNull();
  });

  it('never leads out of the directory', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 3 }), (paths) => {
        const joined = safeJoin('/srv/www', ...paths);
        if (joined !== null) expect(`${posix.resolve(joined)}/`).toMatch(/^\/srv\/www\//);
      }),
    );
  });
});

describe('safeJoinWindows', () => {
  it('joins what stays within the directory', () => {
    expect(safeJoinWindows('a', 'b/c')).toBe('a/b/c');
    expect(safeJoinWindows('C:\\a', 'b/../c.txt')).toBe('C:\\a/c.txt');
    expect(safeJoinWindows('a', 'console', 'com0', 'file.con')).toBe('a/console/com0/file.con');
    expect(safeJoinWindows('a', './b', '.')).toBe('a/b/.');
  });

  it.each([
    'b\\c',
    '..\\..\\x',
    'C:/x',
    'C:x',
    'C:\\x',
    '//server/share',
    '\\\\?\\C:\\x',
    '.env::$DATA',
    'CON',
    'con  ',
    'b/aux.c/d',
    'nul.tar.gz',
    'NUL .txt',
    'LPT²',
    'conin$',
    'CONOUT$.x',
    'CON:',
    'secret.txt.',
    'secret.txt ',
    '...',
    'b./c',
  ])('refuses %j', (name) => {
    expect(safeJoinWindows('a', name)).toBeNull();
  });
});

describe('secureFilename', () => {
  it.each([
    ['Holiday clip 2.mov', 'Holiday_clip_2.mov'],
    ['../../../etc/passwd', 'etc_passwd'],
    ['．．／etc／passwd', 'etc_passwd'],
    ['résumé.pdf', 'resume.pdf'],
    ['shell.php\0.png', 'shell.php.png'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['__.bashrc.', 'bashrc'],
    ['a\t\n b', 'a_b'],
    ['a..b', 'a..b'],
    ['名前', ''],
    ['....', ''],
    ['', ''],
  ])('makes of %j %j', (filename, name) => {
    expect(secureFilename(filename)).toBe(name);
    expect(secureFilenameWindows(filename)).toBe(name);
  });

  it('knows the separators and devices of Windows', () => {
    expect(secureFilenameWindows('..\\windows\\system.ini')).toBe('windows_system.ini');
    expect(secureFilenameWindows('con.txt')).toBe('_con.txt');
    expect(secureFilenameWindows('PRN')).toBe('_PRN');
    expect(secureFilenameWindows('COM¹')).toBe('_COM1');
    expect(secureFilenameWindows('COM0')).toBe('COM0');
  });

  it('gives nothing but a plain name, and leaves that alone', () => {
    fc.assert(
      fc.property(fc.oneof(path, anyText()), (filename) => {
        const name = secureFilenameWindows(filename);
        expect(name).toMatch(/^(?:_?[A-Za-z0-9-](?:[\w.-]*[A-Za-z0-9-])?)?$/);
        expect(secureFilenameWindows(name)).toBe(name);
        expect(safeJoinWindows('a', name)).not.toBeNull();
      }),
    );
  });
});
