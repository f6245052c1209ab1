import type { Duplex } from 'node:stream';
import type { Body, GatewayApp, GatewaySocket } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, eventually, get, pause, serve } from '../../test/serve.ts';

const SIZE = 65_536;
const COUNT = 500;

/** Bodies of 32 MB that count how often their next chunk was asked for. */
const KINDS: Record<string, (pulled: () => void) => Body> = {
  iterable: function* (pulled) {
    for (let i = 0; i < COUNT; i++) {
      pulled();
      yield new Uint8Array(SIZE);
    }
  },
  'async iterable': async function* (pulled) {
    for (let i = 0; i < COUNT; i++) {
      pulled();
      yield new Uint8Array(SIZE);
    }
  },
  'iterable of tiny chunks': function* (pulled) {
    for (let i = 0; i < COUNT; i++) {
      pulled();
      for (let j = 0; j < 64; j++) yield new Uint8Array(1024);
    }
  },
  'async iterable of tiny chunks': async function* (pulled) {
    for (let i = 0; i < COUNT; i++) {
      pulled();
      for (let j = 0; j < 64; j++) yield new Uint8Array(1024);
    }
  },
};

describe.each(Object.keys(KINDS))('an %s', (name) => {
  it('is pulled only while the socket has room, and ends where it should', async () => {
    let pulls = 0;
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', String(SIZE * COUNT)]]);
      return KINDS[name]!(() => pulls++);
    };
    const { connect } = await serve(app);
    const client = connect();
    client.socket.pause();
    client.send(get());
    await eventually(() => pulls > 0);
    let before = -1;
    while (pulls !== before) {
      before = pulls;
      await pause(100);
    }
    expect(pulls).toBeLessThan(COUNT * 0.8);
    client.socket.resume();
    expect((await client.response()).body.length).toBe(SIZE * COUNT);
    expect(pulls).toBe(COUNT);
  });
});

describe('a synchronous body', () => {
  it('keeps at most 256 KiB and a chunk for a client that stops reading', async () => {
    const sockets: GatewaySocket[] = [];
    let pulls = 0;
    const app: GatewayApp = (environ, startResponse) => {
      sockets.push(environ['gateway.socket']!);
      startResponse('200 OK', []);
      return KINDS['iterable of tiny chunks']!(() => pulls++);
    };
    const { connect } = await serve(app);
    const client = connect();
    client.socket.pause();
    client.send(get());
    let before = -1;
    while (pulls !== before || pulls === 0) {
      before = pulls;
      await pause(100);
    }
    const waiting = (sockets[0] as Duplex).writableLength;
    expect(waiting).toBeGreaterThan(0);
    // With some octets for each chunk's length.
    expect(waiting).toBeLessThan(262_144 * 1.02);
    client.socket.resume();
    expect((await client.response()).body.length).toBe(SIZE * COUNT);
  });

  it('that computes long between chunks does not hold back those before', async () => {
    let blocked = false;
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return (function* () {
        yield bytes('first');
        const until = performance.now() + 60;
        while (performance.now() < until);
        yield bytes('second');
        blocked = true;
        yield bytes('third');
      })();
    };
    const { ask } = await serve(app);
    expect((await ask()).body).toBe('firstsecondthird');
    expect(blocked).toBe(true);
  });
});

describe('a client that sends requests and reads no answers', () => {
  it('is not read any further, and is answered in full once it reads', async () => {
    let calls = 0;
    const big = new Uint8Array(1_000_000);
    const app: GatewayApp = (_environ, startResponse) => {
      calls++;
      startResponse('200 OK', []);
      return [big];
    };
    const { connect } = await serve(app);
    const client = connect();
    client.socket.pause();
    client.send(get().repeat(200));
    await eventually(() => calls > 0);
    await pause(200);
    expect(calls).toBeLessThan(50);
    client.socket.resume();
    for (let i = 0; i < 200; i++) expect((await client.response()).body.length).toBe(big.length);
  });
});
