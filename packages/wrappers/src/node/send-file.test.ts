import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { ArgumentError, NotFound, RequestedRangeNotSatisfiable } from '@werkstatt/core';
import { afterAll, describe, expect, it } from 'vitest';
import { TruncatedBodyError } from '../errors/wrapper-errors.ts';
import { Request } from '../request/request.ts';
import { Response } from '../response/response.ts';
import {
  bytes,
  serve,
  type TestAnswer,
  type TestRequest,
  testEnviron,
} from '../testing/environ.ts';
import { openDescriptors, testFolder } from '../testing/files.ts';
import type { FileContent } from './file-content.ts';
import { sendFile } from './send-file.ts';
import type { SendFileOptions } from './send-file-options.ts';

const folder = testFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const modified = new Date('2020-01-02T03:04:05.678Z');
const small = join(folder, 'small.txt');
const large = join(folder, 'large.bin');
const LARGE = 1_000_000;

writeFileSync(small, '0123456789');
writeFileSync(large, Buffer.alloc(LARGE, 'abcdefg'));
for (const path of [small, large]) utimesSync(path, modified, modified);

/** What a client gets. */
async function get(
  file: string | URL | FileContent,
  options?: SendFileOptions,
  request: TestRequest = {},
): Promise<TestAnswer> {
  return serve(await sendFile(file, testEnviron(request), options), request);
}

async function getHeaders(
  file: string | FileContent,
  options?: SendFileOptions,
): Promise<Record<string, string>> {
  return (await get(file, options)).headers;
}

describe('sendFile with a path', () => {
  it('sends the file with what there is to say of it', async () => {
    const answer = await get(small);
    expect(answer).toMatchObject({ status: '200 OK', text: '0123456789' });
    expect(answer.headers).toEqual({
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'no-cache',
      'Content-Disposition': 'inline; filename=small.txt',
      'Content-Length': '10',
      'Content-Type': 'text/plain; charset=utf-8',
      Date: expect.stringMatching(/GMT$/),
      ETag: expect.stringMatching(/^"[0-9a-f]+-a"$/),
      'Last-Modified': 'Thu, 02 Jan 2020 03:04:05 GMT',
    });
  });

  it('takes a URL as well, and a request in place of an environ', async () => {
    const url = pathToFileURL(small);
    expect((await get(url)).text).toBe('0123456789');
    const response = await sendFile(url, new Request(testEnviron({ method: 'HEAD' })));
    expect(response.contentLength).toBe(10);
    expect(openDescriptors(small)).toBe(0);
  });

  it('finds only regular files that may be read', async () => {
    mkdirSync(join(folder, 'directory'));
    symlinkSync('loop', join(folder, 'loop'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const socket = createServer().listen(join(folder, 'socket'));
    const paths = ['directory', 'loop', 'fifo', 'socket', 'missing', 'small.txt/x', 'nul\0'];
    for (const name of [...paths, 'x'.repeat(5_000)]) {
      await expect(get(join(folder, name)), name).rejects.toThrow(NotFound);
    }
    await expect(get('/dev/null')).rejects.toThrow(NotFound);
    socket.close();
  });

  it('makes another entity tag of a file that has changed', async () => {
    const path = join(folder, 'changing');
    const tags = new Set<string | undefined>();
    for (const [content, time] of [
      ['a', 1],
      ['b', 2],
      ['ab', 2],
    ] as const) {
      writeFileSync(path, content);
      utimesSync(path, time, time);
      tags.add((await getHeaders(path))['ETag']);
    }
    expect(tags.size).toBe(3);
  });

  it('answers conditions', async () => {
    const { ETag = '' } = await getHeaders(large);
    const conditions: [field: string, value: string, status: string][] = [
      ['If-None-Match', ETag, '304 Not Modified'],
      ['If-Modified-Since', 'Thu, 02 Jan 2020 03:04:05 GMT', '304 Not Modified'],
      ['If-Match', '"x"', '412 Precondition Failed'],
      ['If-Unmodified-Since', 'Thu, 02 Jan 2020 03:04:04 GMT', '412 Precondition Failed'],
    ];
    for (const [field, value, status] of conditions) {
      const answer = await get(large, {}, { headers: { [field]: value } });
      expect([answer.status, answer.text], field).toEqual([status, '']);
    }
    const unconditional = await get(
      small,
      { conditional: false },
      { headers: { 'If-None-Match': '*', Range: 'bytes=0-1' } },
    );
    expect([unconditional.status, unconditional.headers['Accept-Ranges']]).toEqual([
      '200 OK',
      undefined,
    ]);
  });

  it('answers ranges, of small files and of large ones', async () => {
    for (const path of [small, large]) {
      const whole = (await get(path)).text;
      const last = await get(path, {}, { headers: { Range: 'bytes=-3' } });
      expect([last.status, last.text]).toEqual(['206 Partial Content', whole.slice(-3)]);
      const most = await get(path, {}, { headers: { Range: 'bytes=1-' } });
      expect(most.text).toBe(whole.slice(1));
      expect(most.headers['Content-Length']).toBe(String(whole.length - 1));
      const failure = get(path, {}, { headers: { Range: `bytes=${whole.length}-` } });
      await expect(failure).rejects.toThrow(RequestedRangeNotSatisfiable);
      const parts = await get(path, {}, { headers: { Range: 'bytes=5-,0-1' } });
      expect(parts.headers['Content-Type']).toMatch(/^multipart\/byteranges/);
      expect(parts.text).toContain(`\r\n\r\n${whole.slice(5)}\r\n--`);
      expect(parts.headers['Content-Length']).toBe(String(parts.text.length));
    }
  });
});

describe('the descriptor of a file', () => {
  it('is closed on every way to an end', async () => {
    const { ETag = '' } = await getHeaders(large);
    await get(large);
    await get(large, {}, { method: 'HEAD' });
    await get(large, {}, { headers: { 'If-None-Match': ETag } });
    await get(large, {}, { headers: { 'If-Match': '"x"' } });
    await get(large, {}, { headers: { Range: 'bytes=1-,-1' } });
    await get(large, {}, { headers: { Range: `bytes=${LARGE}-` } }).catch(() => undefined);
    await get(large, { useXSendfile: true });
    await get(large, { maxAge: -1 }).catch(() => undefined);
    expect(openDescriptors(large)).toBe(0);
    const unsent = await sendFile(large, testEnviron());
    expect(openDescriptors(large)).toBe(1);
    await unsent.close();
    expect(openDescriptors(large)).toBe(0);
    await sendFile(small, testEnviron());
    expect(openDescriptors(small)).toBe(0);
  });

  it('is closed when the client goes away', async () => {
    for (const Range of ['bytes=0-', 'bytes=0-99,1-']) {
      const response = await sendFile(large, testEnviron({ headers: { Range } }));
      const body = response(testEnviron(), () => () => {}) as AsyncIterable<Uint8Array> & {
        close(): Promise<void>;
      };
      const iterator = body[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
      await body.close();
      expect(openDescriptors(large)).toBe(0);
    }
  });
});

describe('a file that changes while it is sent', () => {
  async function change(size: number): Promise<number> {
    const path = join(folder, 'changes');
    writeFileSync(path, Buffer.alloc(LARGE));
    const response = await sendFile(path, testEnviron());
    truncateSync(path, size);
    let sent = 0;
    const body = await response(testEnviron(), () => () => {});
    try {
      for await (const chunk of body) sent += chunk.length;
    } finally {
      await body.close?.();
      expect(openDescriptors(path)).toBe(0);
    }
    return sent;
  }

  it('is sent as long as it was, if it grows', async () => {
    expect(await change(2 * LARGE)).toBe(LARGE);
  });

  it('fails, if it shrinks', async () => {
    await expect(change(LARGE / 2)).rejects.toThrow(TruncatedBodyError);
  });
});

describe('sendFile with content', () => {
  it('sends bytes, a Blob, a handle and streams', async () => {
    const chunks = () => [bytes('01234'), bytes('56789')];
    const contents: FileContent[] = [
      bytes('0123456789'),
      bytes('0123456789').buffer as ArrayBuffer,
      new Blob(chunks() as Uint8Array<ArrayBuffer>[]),
      await open(small),
      Readable.from(chunks()),
      new Blob(chunks() as Uint8Array<ArrayBuffer>[]).stream(),
      (async function* () {
        yield* chunks();
      })(),
    ];
    for (const content of contents) {
      expect((await get(content, { mimetype: 'text/plain' })).text).toBe('0123456789');
    }
    expect(openDescriptors(small)).toBe(0);
  });

  it('serves ranges of what it knows the length of', async () => {
    const request = { headers: { Range: 'bytes=3-5' } };
    const mimetype = 'text/plain';
    for (const content of [
      bytes('0123456789'),
      new Blob(['0123456789']),
      await open(small),
    ] as FileContent[]) {
      expect((await get(content, { mimetype }, request)).text).toBe('345');
    }
    const stream = () => Readable.from([bytes('0123456789')]);
    expect((await get(stream(), { mimetype, size: 10 }, request)).text).toBe('345');
    const unknown = await get(stream(), { mimetype }, request);
    expect([unknown.status, unknown.text]).toEqual(['200 OK', '0123456789']);
    expect(unknown.headers['Accept-Ranges']).toBeUndefined();
  });

  it('takes the name, the type and the time that a File has', async () => {
    const file = new File(['x'], 'größe.txt', {
      type: 'text/x-test',
      lastModified: modified.getTime(),
    });
    expect(await getHeaders(file)).toMatchObject({
      'Content-Type': 'text/x-test; charset=utf-8',
      'Content-Disposition': "inline; filename=groe.txt; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt",
      'Last-Modified': 'Thu, 02 Jan 2020 03:04:05 GMT',
    });
  });

  it('takes the time and the tag of an open file', async () => {
    const { ETag } = await getHeaders(small);
    expect(await getHeaders(await open(small), { mimetype: 'a/b' })).toMatchObject({ ETag });
    const directory = await open(folder);
    await expect(get(directory, { mimetype: 'a/b' })).rejects.toThrow('not a regular file');
  });

  it('has to be told a type or a name', async () => {
    const content = bytes('x');
    await expect(get(content)).rejects.toThrow(ArgumentError);
    const unnamed = { asAttachment: true, mimetype: 'text/plain' };
    await expect(get(content, unnamed)).rejects.toThrow('pass downloadName');
  });
});

describe('the options of sendFile', () => {
  it('have the file saved under a name', async () => {
    const attachment = { asAttachment: true };
    expect(await getHeaders(small, attachment)).toMatchObject({
      'Content-Disposition': 'attachment; filename=small.txt',
    });
    expect(await getHeaders(small, { ...attachment, downloadName: 'Übung "1".txt' })).toMatchObject(
      {
        'Content-Disposition': `attachment; filename="Ubung \\"1\\".txt"; filename*=UTF-8''%C3%9Cbung%20%221%22.txt`,
      },
    );
  });

  it('tell the type from the name', async () => {
    const typeOf = async (downloadName: string, options?: SendFileOptions) => {
      const headers = await getHeaders(small, { downloadName, ...options });
      return [headers['Content-Type'], headers['Content-Encoding']];
    };
    expect(await typeOf('a.PNG')).toEqual(['image/png', undefined]);
    expect(await typeOf('a.unknown')).toEqual(['application/octet-stream', undefined]);
    expect(await typeOf('a.constructor')).toEqual(['application/octet-stream', undefined]);
    expect(await typeOf('a.tar.gz')).toEqual(['application/x-tar', 'gzip']);
    expect(await typeOf('a.svgz')).toEqual(['image/svg+xml; charset=utf-8', 'gzip']);
    expect(await typeOf('a.tgz', { asAttachment: true })).toEqual(['application/x-tar', undefined]);
    expect(await typeOf('a.tgz', { mimetype: 'a/b' })).toEqual(['a/b', undefined]);
  });

  it('say how long the response may be kept', async () => {
    const cacheOf = async (maxAge: SendFileOptions['maxAge']) => {
      const headers = await getHeaders(small, { maxAge });
      return [headers['Cache-Control'], headers['Expires'] !== undefined];
    };
    expect(await cacheOf(60)).toEqual(['public, max-age=60', true]);
    expect(await cacheOf(0)).toEqual(['no-cache, max-age=0', true]);
    expect(await cacheOf((path) => (path === small ? 5 : 6))).toEqual(['public, max-age=5', true]);
    expect(await cacheOf(() => undefined)).toEqual(['no-cache', false]);
    await expect(cacheOf(1.5)).rejects.toThrow(ArgumentError);
  });

  it('set the validators, or leave the tag out', async () => {
    const lastModified = new Date('2021-01-01T00:00:00Z');
    expect(await getHeaders(small, { etag: 'v1', lastModified })).toMatchObject({
      ETag: '"v1"',
      'Last-Modified': 'Fri, 01 Jan 2021 00:00:00 GMT',
    });
    expect((await getHeaders(small, { etag: 'W/"v1"' }))['ETag']).toBe('W/"v1"');
    expect(await getHeaders(small, { etag: false })).not.toHaveProperty('ETag');
  });

  it('leave the sending to a server in front', async () => {
    const path = join(folder, 'ä b.txt');
    writeFileSync(path, 'x');
    const sent = await get(path, { useXSendfile: true });
    expect([sent.text, sent.headers['X-Sendfile']]).toEqual(['', encodeURI(path)]);
    const fresh = { headers: { 'If-None-Match': sent.headers['ETag']! } };
    expect((await get(path, { useXSendfile: true }, fresh)).headers).not.toHaveProperty(
      'X-Sendfile',
    );
  });

  it('make a response of another class', async () => {
    class Page extends Response {}
    expect(await sendFile(small, testEnviron(), { responseClass: Page })).toBeInstanceOf(Page);
  });
});
