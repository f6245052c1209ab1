import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClientDisconnected, type InputStream } from '@werkstatt/core';
import { Request, Response } from '@werkstatt/wrappers';
import { describe, expect, it } from 'vitest';
import { openTemporaryFiles } from './open-files.ts';
import { eventually, serve, settled } from './serve.ts';

const CHUNK = Buffer.alloc(65_536, 'x');
/** 64 MB: more than every buffer on the way takes together. */
const COUNT = 1000;
const BOUNDARY = 'a-boundary';

function post(length: number, type = 'application/octet-stream'): string {
  const fields = `Host: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}`;
  return `POST / HTTP/1.1\r\n${fields}\r\nConnection: close\r\n\r\n`;
}

async function drain(source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of source);
}

describe('a handler that reads slowly', () => {
  const readers: Record<string, (stream: InputStream, gate: Promise<void>) => Promise<number>> = {
    'by read()': async (stream, gate) => {
      let size = (await stream.read(10)).length;
      await gate;
      for (;;) {
        const { length } = await stream.read(100_000);
        size += length;
        if (length === 0) return size;
      }
    },
    'by a loop': async (stream, gate) => {
      let size = 0;
      for await (const chunk of stream) {
        size += chunk.length;
        await gate;
      }
      return size;
    },
  };

  it.each(Object.keys(readers))('%s holds the client back', async (name) => {
    const gate = Promise.withResolvers<void>();
    const { send } = await serve(
      Request.application(async (request) => {
        return new Response(String(await readers[name]!(request.stream, gate.promise)));
      }),
    );
    const socket = await send(post(COUNT * CHUNK.length));
    let sent = 0;
    const upload = (async () => {
      for (; sent < COUNT; sent++) {
        await new Promise((resolve) => socket.write(CHUNK, resolve));
      }
    })();
    expect(await settled(() => sent)).toBeLessThan(COUNT * 0.5);
    gate.resolve();
    await upload;
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`\\r\\n\\r\\n${COUNT * CHUNK.length}$`));
  });
});

describe('a client that goes away while it sends', () => {
  const head = (name: string, ending = '') =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${ending}\r\n\r\n`;
  const multipart = `multipart/form-data; boundary=${BOUNDARY}`;
  const upload = `${head('text')}some\r\n${head('file', '; filename="a.bin"')}`;

  /** How a body is read, of which type it is, and how it begins. */
  const readers: [string, string, string, (request: Request) => Promise<unknown>][] = [
    ['stream.read()', 'text/plain', '', (request) => request.stream.read()],
    ['stream.readLine()', 'text/plain', '', (request) => request.stream.readLine()],
    ['a loop', 'text/plain', '', (request) => drain(request.stream)],
    ['bytes()', 'text/plain', '', (request) => request.bytes()],
    ['text()', 'text/plain', '', (request) => request.text()],
    ['json()', 'application/json', '"', (request) => request.json()],
    [
      'form() of fields',
      'application/x-www-form-urlencoded',
      'a=',
      (request) => {
        request.maxFormMemorySize = 10_000_000;
        return request.form();
      },
    ],
    ['form() with files', multipart, upload, (request) => request.form()],
    ['files()', multipart, upload, (request) => request.files()],
    [
      'parts()',
      multipart,
      upload,
      async (request) => {
        for await (const part of request.parts()) await drain(part);
      },
    ],
  ];

  it.each(readers)('has %s fail with ClientDisconnected', async (_name, type, start, read) => {
    let error: unknown;
    let ended = 0;
    const { send } = await serve(
      Request.application(async (request) => {
        request.callOnClose(() => void ended++);
        try {
          await read(request);
        } catch (caught) {
          error = caught;
          throw caught;
        }
        return new Response('not reached');
      }),
    );
    const socket = await send(post(5_000_000, type) + start);
    for (let chunk = 0; chunk < 20; chunk++) socket.write(CHUNK);
    await sleep(50);
    expect(error).toBeUndefined();
    socket.resetAndDestroy();
    await eventually(() => error !== undefined && ended > 0);
    expect(error).toBeInstanceOf(ClientDisconnected);
    await eventually(() => openTemporaryFiles().length === 0);
    expect(ended).toBe(1);
  });

  it('leaves a temporary file open no longer than that', async () => {
    const { send } = await serve(
      Request.application(async (request) => new Response(String(await request.files()))),
    );
    const socket = await send(post(5_000_000, multipart) + upload);
    for (let chunk = 0; chunk < 20; chunk++) socket.write(CHUNK);
    await eventually(() => openTemporaryFiles().length === 1);
    socket.resetAndDestroy();
    await eventually(() => openTemporaryFiles().length === 0);
  });

  it('leaves none either when it goes after the form, before the answer', async () => {
    const seen: number[] = [];
    const { send } = await serve(
      Request.application(async (request) => {
        await request.files();
        seen.push(openTemporaryFiles().length);
        await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
        return new Response('lost');
      }),
    );
    const body = `${upload}${'x'.repeat(1_000_000)}\r\n--${BOUNDARY}--\r\n`;
    const socket = await send(post(body.length, multipart) + body);
    await eventually(() => seen.length > 0);
    expect(seen).toEqual([1]);
    socket.resetAndDestroy();
    await eventually(() => openTemporaryFiles().length === 0);
  });
});
