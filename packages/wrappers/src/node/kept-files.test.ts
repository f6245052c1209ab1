import { describe, expect, it } from 'vitest';
import { KeptBody } from './kept-body.ts';
import { type FileIdentity, KeptFiles } from './kept-files.ts';
import type { OpenFile } from './open-file.ts';

const SECOND = 1_000_000_000n;
const identity: FileIdentity = { dev: 1n, ino: 2n, size: 3n, mtimeNs: 4n, ctimeNs: 5n };

function fileOf(size: number): OpenFile {
  const body = new KeptBody(new Uint8Array(size));
  return { body, size, lastModified: new Date(0), etag: 'x' };
}

describe('KeptFiles', () => {
  it('give a file back as long as nothing about it has changed', () => {
    const keys = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const;
    for (const key of keys) {
      const files = new KeptFiles();
      const file = fileOf(3);
      files.add('/a', identity, file);
      expect(files.get('/a', { ...identity })).toBe(file);
      expect(files.get('/b', identity)).toBeUndefined();
      expect(files.get('/a', { ...identity, [key]: identity[key] + 1n }), key).toBeUndefined();
      expect(files.has('/a')).toBe(false);
      expect(files.totalSize).toBe(0);
    }
  });

  it('forget the one that was used least recently when there is no room', () => {
    const files = new KeptFiles({ maxTotalSize: 10_000 });
    for (const path of ['/a', '/b', '/c']) files.add(path, identity, fileOf(2_000));
    expect(files.get('/a', identity)).toBeDefined();
    files.add('/d', identity, fileOf(2_000));
    expect(['/a', '/b', '/c', '/d'].filter((path) => files.has(path))).toEqual(['/a', '/c', '/d']);
    files.add('/huge', identity, fileOf(20_000));
    expect(files.has('/huge')).toBe(false);
    expect(files.has('/a')).toBe(true);
  });

  it('never grow beyond their limit, whatever is kept again', () => {
    const files = new KeptFiles({ maxTotalSize: 50_000 });
    for (let round = 0; round < 500; round++) {
      files.add(`/${round % 70}`, identity, fileOf((round * 37) % 5_000));
      expect(files.totalSize).toBeLessThanOrEqual(50_000);
    }
    for (let path = 0; path < 70; path++) files.delete(`/${path}`);
    expect(files.totalSize).toBe(0);
  });

  it('keep what is small and did not change within two seconds', () => {
    const files = new KeptFiles({ maxFileSize: 10, now: () => 100_000 });
    const old = { ...identity, mtimeNs: 98n * SECOND, ctimeNs: 1n };
    expect(files.mayKeep(old)).toBe(true);
    expect(files.mayKeep({ ...old, size: 10n })).toBe(true);
    expect(files.mayKeep({ ...old, size: 11n })).toBe(false);
    for (const time of ['mtimeNs', 'ctimeNs'] as const) {
      expect(files.mayKeep({ ...old, [time]: 98n * SECOND + 1_000_000n }), time).toBe(false);
      expect(files.mayKeep({ ...old, [time]: 200n * SECOND }), time).toBe(false);
    }
  });
});
