import { getEventListeners } from 'node:events';
import { Request, Response } from '@werkstatt/wrappers';
import { expect, it } from 'vitest';
import { BODY_KINDS, SIZE } from './body-kinds.ts';
import { openFiles } from './open-files.ts';
import { eventually, get, serve } from './serve.ts';

const KINDS = Object.keys(BODY_KINDS);
const COUNT = 200;

it(`${COUNT} clients that go away leave no descriptor, no listener and no rejection`, async () => {
  let closed = 0;
  const signals: AbortSignal[] = [];
  const app = Request.application((request) => {
    if (request.path === '/upload') return readUpload(request);
    signals.push(request.signal);
    const watched = { made: () => new Uint8Array(SIZE), stopped: () => {} };
    const response = BODY_KINDS[request.path.slice(1)]!(request, watched, true);
    response.callOnClose(() => void closed++);
    return response;
  });
  async function readUpload(request: Request): Promise<Response> {
    request.callOnClose(() => void closed++);
    await request.files();
    return new Response('not reached');
  }

  const { send } = await serve(app);
  const type = 'Content-Type: multipart/form-data; boundary=b';
  const upload =
    `POST /upload HTTP/1.1\r\nHost: localhost\r\n${type}\r\nContent-Length: 9000000\r\n\r\n` +
    '--b\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n';
  let gone = 0;

  /** Starts something of every kind, and resets each connection. */
  async function run(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn++) {
      const kind = KINDS[turn % (KINDS.length + 1)];
      if (kind === undefined) {
        const socket = await send(upload);
        await new Promise((resolve) => socket.write(Buffer.alloc(1_000_000), resolve));
        socket.resetAndDestroy();
      } else {
        const socket = await send(get(`/${encodeURIComponent(kind)}`));
        await new Promise((resolve) => socket.once('data', resolve));
        socket.resetAndDestroy();
      }
      gone++;
    }
    await eventually(() => closed === gone, 'every response and request is closed');
  }

  await run(KINDS.length + 1);
  const before = openFiles().length;
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  await run(COUNT);
  await eventually(() => openFiles().length <= before, 'descriptors as before');
  expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners);
  expect(signals.flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([]);
  expect(signals.every((signal) => signal.aborted)).toBe(true);
  expect(closed).toBe(COUNT + KINDS.length + 1);
});
