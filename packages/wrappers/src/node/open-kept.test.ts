import {
  type BigIntStats,
  lstat,
  mkdirSync,
  renameSync,
  rmSync,
  stat,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serve, type TestRequest, testEnviron } from '../testing/environ.ts';
import { openDescriptors, testFolder } from '../testing/files.ts';
import { KeptFiles } from './kept-files.ts';
import { type FileOpener, openFile, openPath, openUnlinkedPath } from './open-file.ts';
import { openInside } from './open-inside.ts';
import { keeping } from './open-kept.ts';
import { sendFile } from './send-file.ts';
import type { SendFileOptions } from './send-file-options.ts';
import { sendPath } from './send-path.ts';

const folder = testFolder();
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

function newFile(content: string | Uint8Array): string {
  const path = join(folder, `${++count}.txt`);
  writeFileSync(path, content);
  return path;
}

/** Keeps what was written just now, as if that were long ago, and counts what is opened. */
function keptOpener(look: typeof stat = stat, openIt: typeof openPath = openPath) {
  const files = new KeptFiles({ now: () => Date.now() + 60_000 });
  const opened: string[] = [];
  const open = keeping(files, look, (path) => {
    opened.push(path);
    return openIt(path);
  });
  return { files, opened, open };
}

async function read(open: FileOpener, path: string): Promise<string | null> {
  const file = await open(path);
  if (!file) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.body) chunks.push(chunk);
  await file.body.close();
  return Buffer.concat(chunks).toString();
}

describe('a file that is kept', () => {
  it('is opened once, and closed when it has been read', async () => {
    const { open, opened } = keptOpener();
    const path = newFile('content');
    for (let time = 0; time < 3; time++) expect(await read(open, path)).toBe('content');
    expect(opened).toEqual([path]);
    expect(openDescriptors(path)).toBe(0);
  });

  it('is read again after every change', async () => {
    const { open } = keptOpener();
    const path = newFile('one');
    const time = new Date(1_000);
    utimesSync(path, time, time);
    expect(await read(open, path)).toBe('one');
    const changes: (() => void)[] = [
      () => writeFileSync(path, 'two'),
      () => writeFileSync(path, 'three'),
      () => renameSync(newFile('four'), path),
      () => {
        writeFileSync(path, 'five');
        utimesSync(path, time, time);
      },
      () => {
        rmSync(path);
        symlinkSync(newFile('linked'), path);
      },
    ];
    const contents: (string | null)[] = [];
    for (const change of changes) {
      change();
      contents.push(await read(open, path), await read(open, path));
    }
    expect(contents).toEqual(
      ['two', 'three', 'four', 'five', 'linked'].flatMap((content) => [content, content]),
    );
  });

  it('is forgotten when it is no file any more', async () => {
    const { files, open } = keptOpener();
    const path = newFile('content');
    await read(open, path);
    rmSync(path);
    expect(await read(open, path)).toBeNull();
    expect([files.has(path), files.totalSize]).toEqual([false, 0]);
    writeFileSync(path, 'again');
    await read(open, path);
    rmSync(path);
    mkdirSync(path);
    expect(await read(open, path)).toBeNull();
    expect([files.has(path), files.totalSize]).toEqual([false, 0]);
  });

  it('is the same whatever is done with what was sent of it', async () => {
    const { open } = keptOpener();
    const path = newFile('content');
    for (let time = 0; time < 2; time++) {
      const response = await sendPath(path, open, testEnviron({}), {});
      expect(await response.text()).toBe('content');
      response.getData().fill(0);
      (await response.bytes()).fill(0);
    }
    expect(await read(open, path)).toBe('content');
  });

  it('is answered from as one that is not', async () => {
    const { open, opened } = keptOpener();
    const path = newFile('0123456789'.repeat(1_000));
    const plain = (await openFile(path))!;
    await plain.body.close();
    const requests: TestRequest[] = [
      {},
      { method: 'HEAD' },
      { headers: { Range: 'bytes=10-19' } },
      { headers: { Range: 'bytes=0-0,-1' } },
      { headers: { 'If-None-Match': `"${plain.etag}"` } },
      { headers: { 'If-Match': '"x"' } },
      { headers: { 'If-Range': '"x"', Range: 'bytes=1-2' } },
    ];
    await read(open, path);
    for (const request of requests) {
      const answers = [];
      for (const opener of [open, openFile]) {
        const answer = await serve(
          await sendPath(path, opener, testEnviron(request), { precompressed: true }),
          request,
        );
        const { Date: _, ...headers } = answer.headers;
        const boundary = /boundary=(\S+)/.exec(headers['Content-Type'] ?? '')?.[1] ?? '\0';
        const text = JSON.stringify([answer.status, headers, answer.text]);
        answers.push(text.replaceAll(boundary.replaceAll('"', ''), 'boundary'));
      }
      expect(answers[0]).toBe(answers[1]);
    }
    expect(opened).toEqual([path]);
  });
});

describe('a file that is not kept', () => {
  it('is one that changed just now', async () => {
    const files = new KeptFiles();
    const open = keeping(files, stat, openPath);
    const path = newFile('content');
    expect(await read(open, path)).toBe('content');
    expect(files.has(path)).toBe(false);
  });

  it('is a large one, and one that has another length than the system says', async () => {
    const { files, open } = keptOpener();
    const large = newFile(Buffer.alloc(65_537, 'x'));
    expect((await read(open, large))?.length).toBe(65_537);
    expect(files.has(large)).toBe(false);
    expect(await read(open, '/proc/self/status')).toBe('');
    expect(files.totalSize).toBe(0);
    const largest = newFile(Buffer.alloc(65_536, 'x'));
    expect((await read(open, largest))?.length).toBe(65_536);
    expect(files.has(largest)).toBe(true);
  });

  it('is every one where that is asked for', async () => {
    const path = newFile('content');
    const options: SendFileOptions = { keptInMemory: false };
    for (const content of ['one', 'two']) {
      writeFileSync(path, content);
      expect(await (await sendFile(path, testEnviron({}), options)).text()).toBe(content);
    }
    expect(openDescriptors(path)).toBe(0);
  });
});

describe('a file of a directory', () => {
  it('that is kept is not found once it is a link out of it', async () => {
    const { open } = keptOpener(lstat as typeof stat, openUnlinkedPath);
    const root = join(folder, 'root');
    mkdirSync(root);
    const path = join(root, 'file');
    const secret = newFile('secret');
    writeFileSync(path, 'content');
    const inside: FileOpener = (file) => openInside(root, file, open);
    for (let time = 0; time < 2; time++) expect(await read(inside, path)).toBe('content');
    rmSync(path);
    symlinkSync(secret, path);
    expect(await read(inside, path)).toBeNull();
    // As when the link is made after the real path was looked up.
    expect(await read(open, path)).toBeNull();
  });
});

describe('requests at the same time', () => {
  it('share a look at the file, and none is older than a request', async () => {
    let looks = 0;
    const counting = (path: string, options: { bigint: true }, done: Done) => {
      looks++;
      stat(path, options, done);
    };
    const { open } = keptOpener(counting as typeof stat);
    const path = newFile('one');
    await read(open, path);
    const before = open(path);
    writeFileSync(path, 'another');
    const after = Array.from({ length: 20 }, () => read(open, path));
    await (await before)?.body.close();
    expect(new Set(await Promise.all(after))).toEqual(new Set(['another']));
    expect(looks).toBeLessThan(5);
  });
});

type Done = (error: Error | null, stat: BigIntStats) => void;
