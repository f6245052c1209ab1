import { setTimeout as sleep } from 'node:timers/promises';
import { Request, Response } from '@werkstatt/wrappers';
import { describe, expect, it } from 'vitest';
import { BODY_KINDS, COUNT, SIZE } from './body-kinds.ts';
import { eventually, get, serve, settled } from './serve.ts';

const KINDS = Object.keys(BODY_KINDS);

/** Serves one kind of body, and counts what becomes of it. */
async function serveKind(kind: string, endless: boolean) {
  const counts = { made: 0, stopped: 0, closed: 0 };
  const watched = {
    made() {
      counts.made++;
      return new Uint8Array(SIZE);
    },
    stopped: () => void counts.stopped++,
  };
  const app = Request.application((request) => {
    const response = BODY_KINDS[kind]!(request, watched, endless);
    response.callOnClose(() => void counts.closed++);
    return response;
  });
  return { counts, ...(await serve(app)) };
}

describe.each(KINDS.filter((kind) => !kind.includes('silent')))('a %s', (kind) => {
  it('is made only as far as a client reads that is slow, and ends as it should', async () => {
    const { counts, send } = await serveKind(kind, false);
    const socket = await send(get().replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    socket.pause();
    // What the kernel takes for a client that does not read is some megabytes.
    expect(await settled(() => counts.made)).toBeLessThan(COUNT * 0.5);
    let received = 0;
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    socket.resume();
    await eventually(() => counts.closed > 0);
    await eventually(() => received > COUNT * SIZE);
    expect(counts.made).toBe(COUNT);
    expect(counts.closed).toBe(1);
  });
});

describe.each(KINDS)('a %s whose client goes away', (kind) => {
  it.each(['reads', 'reads nothing'])('while it %s is stopped and closed once', async (how) => {
    const { counts, send } = await serveKind(kind, true);
    const socket = await send(get());
    if (how === 'reads') socket.resume();
    else socket.pause();
    await eventually(() => counts.made > (kind.includes('silent') ? 0 : 4));
    await sleep(20);
    socket.resetAndDestroy();
    await eventually(() => counts.closed > 0);
    await eventually(() => counts.stopped > 0);
    const made = await settled(() => counts.made);
    await sleep(50);
    expect(counts).toEqual({ made, stopped: 1, closed: 1 });
  });
});

describe('a response that is not streamed', () => {
  it('has its callbacks called once, whether its client stays or goes', async () => {
    let closed = 0;
    const { send } = await serve(
      Request.application(() => {
        const response = new Response(new Uint8Array(20_000_000));
        response.callOnClose(() => void closed++);
        return response;
      }),
    );
    const stays = await send(get());
    stays.resume();
    const goes = await send(get());
    goes.pause();
    await sleep(50);
    goes.resetAndDestroy();
    await eventually(() => closed === 2);
    await sleep(50);
    expect(closed).toBe(2);
  });
});
