import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { serve, type TestAnswer, testEnviron } from '../testing/environ.ts';
import { openDescriptors, testFolder } from '../testing/files.ts';
import { CODINGS, preferredCodings } from './precompressed.ts';
import { sendFile } from './send-file.ts';
import type { SendFileOptions } from './send-file-options.ts';

const folder = testFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const page = join(folder, 'page.html');
const content = '<!doctype html>'.repeat(100);

writeFileSync(page, content);
writeFileSync(`${page}.br`, brotliCompressSync(content));
writeFileSync(`${page}.gz`, gzipSync(content));
writeFileSync(`${page}.zst`, 'older than the page');
utimesSync(`${page}.zst`, 1, 1);

async function get(
  headers: Record<string, string>,
  options: SendFileOptions = { precompressed: true },
): Promise<TestAnswer> {
  return serve(await sendFile(page, testEnviron({ headers }), options));
}

describe('a file with encoded copies', () => {
  it('is sent in the coding that the client likes best', async () => {
    const codingFor = async (accepted: string) =>
      (await get({ 'Accept-Encoding': accepted })).headers['Content-Encoding'];
    expect(await codingFor('gzip, deflate, br, zstd')).toBe('br');
    expect(await codingFor('gzip')).toBe('gzip');
    expect(await codingFor('br;q=0.5, gzip')).toBe('gzip');
    expect(await codingFor('*')).toBe('br');
    expect(await codingFor('br;q=0, *;q=0.1')).toBe('gzip');
    for (const none of ['', 'identity', 'identity, br;q=0.5', 'deflate', 'br;q=0', 'zstd']) {
      expect(await codingFor(none), none).toBeUndefined();
    }
  });

  it('has the type of the file, a tag for each coding, and says that they vary', async () => {
    const plain = await get({});
    const encoded = await get({ 'Accept-Encoding': 'br' });
    expect(brotliDecompressSync(Buffer.concat(encoded.chunks)).toString()).toBe(content);
    expect(plain.text).toBe(content);
    for (const { headers } of [plain, encoded]) {
      expect(headers['Vary']).toBe('Accept-Encoding');
      expect(headers['Content-Type']).toBe('text/html; charset=utf-8');
      expect(headers['Content-Disposition']).toBe('inline; filename=page.html');
    }
    expect(encoded.headers['ETag']).toMatch(/-br"$/);
    const named = { precompressed: true, etag: 'v1' };
    expect((await get({ 'Accept-Encoding': 'gzip' }, named)).headers['ETag']).toBe('"v1-gzip"');
    expect((await get({}, named)).headers['ETag']).toBe('"v1"');
  });

  it('has ranges of what is sent', async () => {
    const whole = Buffer.concat((await get({ 'Accept-Encoding': 'gzip' })).chunks);
    const range = await get({ 'Accept-Encoding': 'gzip', Range: 'bytes=2-5' });
    expect(range.headers['Content-Range']).toBe(`bytes 2-5/${whole.length}`);
    expect(Buffer.concat(range.chunks)).toEqual(whole.subarray(2, 6));
  });

  it('is sent as it is unless told otherwise, and in the codings that are told', async () => {
    const { headers } = await get({ 'Accept-Encoding': 'br' }, {});
    expect([headers['Content-Encoding'], headers['Vary']]).toEqual([undefined, undefined]);
    const some = await get({ 'Accept-Encoding': 'br, gzip' }, { precompressed: ['gzip'] });
    expect(some.headers['Content-Encoding']).toBe('gzip');
  });

  it('leaves no copy open', () => {
    for (const ending of ['', '.br', '.gz', '.zst']) expect(openDescriptors(page + ending)).toBe(0);
  });
});

it('preferredCodings takes what is liked no less than no coding', () => {
  expect(preferredCodings(undefined, CODINGS)).toEqual([]);
  expect(preferredCodings('GZIP, identity;q=0.5', CODINGS)).toEqual(['gzip']);
  expect(preferredCodings('br;q=0.9, gzip;q=1.0', CODINGS)).toEqual(['gzip', 'br']);
});
