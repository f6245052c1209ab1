import type { GatewayApp, Write } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, eventually, get, serve } from '../../test/serve.ts';

describe('write()', () => {
  it('sends its chunks in call order, before those of the body', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      write(bytes('one '));
      write(bytes('two '));
      return [bytes('three')];
    };
    const response = await (await serve(app)).ask();
    expect(response).toMatchObject({ body: 'one two three', chunked: true });
  });

  it('goes before the chunks of a generator, and between those of one that still runs', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      write(bytes('a'));
      return (async function* () {
        write(bytes('b'));
        yield bytes('c');
        write(bytes('d'));
        yield bytes('e');
      })();
    };
    expect((await (await serve(app)).ask()).body).toBe('abcde');
  });

  it('counts against Content-Length', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      const write = startResponse('200 OK', [['Content-Length', '10']]);
      write(bytes('hello'));
      return [bytes('world')];
    };
    const response = await (await serve(app)).ask();
    expect(response).toMatchObject({ body: 'helloworld', chunked: false });
  });

  it('throws for more than Content-Length before anything was sent, and a 500 follows', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', '3']])(bytes('four'));
      return [];
    };
    const { ask, takeErrors } = await serve(app);
    expect((await ask()).status).toBe(500);
    expect(String(takeErrors())).toContain('Content-Length');
  });

  it('cuts the connection when body and writes together miss Content-Length', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', '10']])(bytes('hello'));
      return [bytes('you')];
    };
    const { connect, takeErrors } = await serve(app);
    const client = connect().send(get());
    await expect(client.response()).rejects.toThrow('The connection ended');
    expect(String(takeErrors())).toContain('Content-Length');
  });

  it('leaves at the latest at the end of the loop turn, before the body is there', async () => {
    let finish = (): void => {};
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [])(bytes('early'));
      return new Promise((resolve) => {
        finish = () => resolve([bytes(' late')]);
      });
    };
    const { connect } = await serve(app);
    const client = connect().send(get());
    await client.until('early');
    finish();
    expect((await client.response()).body).toBe('early late');
  });

  it('sends the head at once when it gets an empty chunk', async () => {
    let finish = (): void => {};
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['X-Here', 'yes']])(bytes(''));
      return new Promise((resolve) => {
        finish = () => resolve([bytes('late')]);
      });
    };
    const { connect } = await serve(app);
    const client = connect().send(get());
    expect(await client.until('\r\n\r\n')).toContain('X-Here: yes');
    finish();
    expect((await client.response()).body).toBe('late');
  });

  it('sends the head once, however many empty chunks it gets', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      for (let i = 0; i < 3; i++) write(bytes(''));
      return [bytes('x')];
    };
    const { connect } = await serve(app);
    const client = connect().send(get());
    expect((await client.response()).body).toBe('x');
    expect(client.received).toBe('');
  });

  it('is an error after the end of the body, which harms no later request', async () => {
    const errors: unknown[] = [];
    let stale: Write | undefined;
    const app: GatewayApp = (environ, startResponse) => {
      const write = startResponse('200 OK', []);
      if (environ.PATH_INFO === '/first') stale = write;
      else {
        try {
          stale?.(bytes('stale'));
        } catch (error) {
          errors.push(error);
        }
      }
      return [bytes(environ.PATH_INFO)];
    };
    const { connect } = await serve(app);
    const client = connect().send(get('/first') + get('/second'));
    expect((await client.response()).body).toBe('/first');
    expect((await client.response()).body).toBe('/second');
    expect(String(errors)).toContain('after the end of the body');
  });

  it.each([['text'], [12], [null], [[1, 2]], [new ArrayBuffer(2)]])(
    'throws for %o, naming its type',
    async (chunk) => {
      const app: GatewayApp = (_environ, startResponse) => {
        startResponse('200 OK', [])(chunk as unknown as Uint8Array);
        return [];
      };
      const { ask, takeErrors } = await serve(app);
      expect((await ask()).status).toBe(500);
      expect(String(takeErrors())).toMatch(/chunk that is (a string|a number|null|an instance of)/);
    },
  );

  it('sends nothing of a body without content, and its head at once', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('204 No Content', [])(bytes('nothing'));
      return [bytes('of this')];
    };
    const { connect } = await serve(app);
    const client = connect().send(get());
    const response = await client.response();
    expect(fieldOf(response, 'Content-Length')).toBeUndefined();
    expect(client.received).toBe('');
  });

  it('promises to wait when the client does not read', async () => {
    let waits = 0;
    let written = 0;
    const app: GatewayApp = async (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      const chunk = new Uint8Array(65_536);
      for (let i = 0; i < 400; i++) {
        const room = write(chunk);
        written += chunk.length;
        if (room !== undefined) {
          waits++;
          await room;
        }
      }
      return [];
    };
    const { connect } = await serve(app);
    const client = connect();
    client.socket.pause();
    client.send(get());
    await eventually(() => waits > 0);
    expect(written).toBeLessThan(400 * 65_536);
    client.socket.resume();
    expect((await client.response()).body.length).toBe(400 * 65_536);
  });

  it('promises to wait for small chunks as well, in an application that never leaves its loop turn', async () => {
    let waits = 0;
    const app: GatewayApp = async (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      const chunk = new Uint8Array(1024);
      for (let i = 0; i < 20_000; i++) {
        const room = write(chunk);
        if (room !== undefined) waits++;
        await room;
      }
      return [];
    };
    const { ask } = await serve(app);
    expect((await ask()).body.length).toBe(20_000 * 1024);
    expect(waits).toBeGreaterThan(0);
  });
});
