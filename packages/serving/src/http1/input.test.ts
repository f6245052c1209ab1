import type { Environ, GatewayApp, InputStream } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, eventually, get, pause, post, requestText, serve } from '../../test/serve.ts';

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1');
}

function inChunks(body: string): string {
  const write = (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`;
  return body.replace(/[\s\S]{1,7}/g, write);
}

/** An application that answers with what `read` makes of its input, as JSON. */
function reading(read: (input: InputStream, environ: Environ) => Promise<unknown>): GatewayApp {
  return async (environ, startResponse) => {
    const result = await read(environ['gateway.input'], environ);
    startResponse('200 OK', []);
    return [bytes(JSON.stringify(result))];
  };
}

async function readOf(
  body: string,
  read: (input: InputStream, environ: Environ) => Promise<unknown>,
): Promise<unknown> {
  const { ask } = await serve(reading(read));
  const response = await ask(post(body));
  return JSON.parse(response.body);
}

describe.each(['of declared length', 'chunked'])('input %s', (kind) => {
  const request = (body: string) =>
    kind === 'chunked'
      ? `${requestText('POST', '/', 'Transfer-Encoding: chunked')}${inChunks(body)}0\r\n\r\n`
      : post(body);

  async function result(body: string, read: (input: InputStream) => Promise<unknown>) {
    const { ask } = await serve(reading(read));
    return JSON.parse((await ask(request(body))).body);
  }

  it('reads 1 to size octets, and nothing at the end alone', async () => {
    const sizes = await result('0123456789abcdef', async (input) => {
      const read: string[] = [];
      for (;;) {
        const chunk = await input.read(5);
        read.push(latin1(chunk));
        if (chunk.length === 0) break;
      }
      read.push(latin1(await input.read(5)), latin1(await input.read()));
      return read;
    });
    expect(sizes.join('')).toBe('0123456789abcdef');
    expect(sizes.slice(-3)).toEqual(['', '', '']);
    for (const text of sizes.slice(0, -3)) expect(text).toMatch(/^.{1,5}$/);
  });

  it('reads all that is left without a size', async () => {
    const read = await result('0123456789', async (input) => [
      latin1(await input.read(1)),
      latin1(await input.read()),
      latin1(await input.read()),
    ]);
    expect(read).toEqual(['0', '123456789', '']);
  });

  it('reads lines with their LF, at most up to the limit', async () => {
    const read = await result('ab\r\ncdefghijkl\n\nmn', async (input) => {
      const lines: string[] = [];
      for (const limit of [undefined, 4, 100, 100, 100, 100]) {
        lines.push(latin1(await input.readLine(limit)));
      }
      return lines;
    });
    expect(read).toEqual(['ab\r\n', 'cdef', 'ghijkl\n', '\n', 'mn', '']);
  });

  it('shares its position between iteration, reads and lines', async () => {
    const read = await result('one\ntwo\nthree', async (input) => {
      const first = latin1(await input.readLine());
      let second = latin1(await input.read(1));
      for await (const chunk of input) {
        second += latin1(chunk);
        break;
      }
      return [first, second + latin1(await input.read())];
    });
    expect(read).toEqual(['one\n', 'two\nthree']);
  });

  it('arrives whole, one octet at a time', async () => {
    const { connect } = await serve(reading(async (input) => latin1(await input.read())));
    const client = connect();
    for (const octet of request('slowly')) client.send(octet);
    expect((await client.response()).body).toBe('"slowly"');
  });

  it('is large and exact', async () => {
    const { connect } = await serve(
      reading(async (input) => {
        let length = 0;
        let sum = 0;
        for await (const chunk of input) {
          length += chunk.length;
          for (const octet of chunk) sum = (sum * 31 + octet) | 0;
        }
        return [length, sum];
      }),
    );
    const body = 'The quick brown fox. '.repeat(60_000);
    let sum = 0;
    for (const octet of Buffer.from(body)) sum = (sum * 31 + octet) | 0;
    const response = await connect().send(request(body)).response();
    expect(JSON.parse(response.body)).toEqual([body.length, sum]);
  });

  it('is read from the socket no faster than the application reads', async () => {
    let go = (): void => {};
    const { connect } = await serve(
      reading(async (input) => {
        await new Promise<void>((resolve) => (go = resolve));
        return (await input.read()).length;
      }),
    );
    const client = connect();
    const body = 'x'.repeat(24_000_000);
    client.send(request(body));
    await pause(300);
    expect(client.socket.writableLength).toBeGreaterThan(5_000_000);
    go();
    expect((await client.response()).body).toBe(String(body.length));
  });
});

describe('input', () => {
  it('is there and empty when there is no body', async () => {
    const { ask } = await serve(
      reading(async (input) => {
        const chunks: string[] = [];
        for await (const chunk of input) chunks.push(latin1(chunk));
        chunks.push(latin1(await input.read()), latin1(await input.read(9)));
        chunks.push(latin1(await input.readLine()));
        return chunks;
      }),
    );
    expect((await ask(get())).body).toBe('["","",""]');
    expect((await ask(requestText('POST', '/', 'Content-Length: 0'))).body).toBe('["","",""]');
  });

  it('refuses a read while another waits, and goes on', async () => {
    const { connect } = await serve(
      reading(async (input) => {
        const first = input.read();
        const second = await input.read(1).catch((error: Error) => error.message);
        const third = await input.readLine().catch((error: Error) => error.message);
        return [latin1(await first), second, third];
      }),
    );
    const client = connect().send(post('body').slice(0, -4));
    await pause();
    client.send('body');
    expect(JSON.parse((await client.response()).body)).toEqual([
      'body',
      expect.stringContaining('await one read'),
      expect.stringContaining('await one read'),
    ]);
  });

  it.each([-1, Number.NaN])('refuses to read %d octets', async (size) => {
    const result = await readOf('body', (input) =>
      input.read(size).catch((error: Error) => error.name),
    );
    expect(result).toBe('RangeError');
  });

  it('reads 0 octets at once', async () => {
    expect(await readOf('body', async (input) => (await input.read(0)).length)).toBe(0);
  });

  it('never makes half a body look whole: iteration, read and readLine reject', async () => {
    for (const how of ['iterate', 'read', 'readLine', 'read twice']) {
      const errors: string[] = [];
      const app: GatewayApp = async (environ) => {
        const input = environ['gateway.input'];
        try {
          if (how === 'iterate') for await (const _chunk of input);
          else if (how === 'readLine') while ((await input.readLine()).length > 0);
          else await input.read();
          errors.push('none');
        } catch (error) {
          errors.push((error as Error).name);
          if (how === 'read twice') {
            errors.push(await input.read().then(String, (again: Error) => again.name));
          }
          throw error;
        }
        return [];
      };
      const { connect } = await serve(app);
      const client = connect().send(post('whole body\nin lines').slice(0, -3)).end();
      expect((await client.response()).status).toBe(400);
      const expected = how === 'read twice' ? 2 : 1;
      expect(errors).toEqual(new Array(expected).fill('ClientDisconnected'));
    }
  });

  it.each(['x', '-1', '5 5', '0x5', '5\n', '\r\n', ';', '5;=', 'fffffffffffffff'])(
    'rejects with BadRequest for the chunk size %j',
    async (size) => {
      let name = '';
      const app: GatewayApp = async (environ) => {
        await environ['gateway.input'].read().catch((error: Error) => {
          name = error.name;
          throw error;
        });
        return [];
      };
      const { connect } = await serve(app);
      const client = connect().send(requestText('POST', '/', 'Transfer-Encoding: chunked'));
      await pause();
      client.send(`${size}\r\nhello\r\n0\r\n\r\n`);
      expect((await client.response()).status).toBe(400);
      expect(await client.closed).toBe('end');
      expect(name).toBe('BadRequest');
    },
  );

  it('refuses a broken chunk that came with the head before any application runs', async () => {
    let called = false;
    const { connect } = await serve(() => {
      called = true;
      return [];
    });
    const head = requestText('POST', '/', 'Transfer-Encoding: chunked');
    expect((await connect().send(`${head}3\r\nabcd\r\n`).response()).status).toBe(400);
    expect(called).toBe(false);
  });

  it('gives chunks to their reader, who may change them without harm', async () => {
    const bodies: string[] = [];
    const app: GatewayApp = async (environ, startResponse) => {
      const chunk = await environ['gateway.input'].read(1000);
      bodies.push(latin1(chunk));
      chunk.fill(0xff);
      startResponse('200 OK', []);
      return [bytes(environ.PATH_INFO), chunk];
    };
    const { connect } = await serve(app);
    const chunked = `${requestText('POST', '/c', 'Transfer-Encoding: chunked')}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`;
    const client = connect().send(post('first', '/a') + chunked + post('third', '/b'));
    const responses = [await client.response(), await client.response(), await client.response()];
    expect(bodies).toEqual(['first', 'abcde', 'third']);
    expect(responses.map(({ body }) => body.replaceAll('\xff', ''))).toEqual(['/a', '/c', '/b']);
  });

  it('that is still read when the answer has ended never looks whole', async () => {
    let outcome: Promise<string> | undefined;
    const app: GatewayApp = (environ, startResponse) => {
      outcome ??= environ['gateway.input'].read().then(latin1, (error: Error) => error.name);
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app);
    const client = connect().send(post('whole', '/a').slice(0, -2));
    await client.response();
    client.send(`le${get()}`);
    await client.response();
    expect(await outcome).toBe('BadRequest');
  });

  it('may be read while the answer is sent', async () => {
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      return environ['gateway.input'];
    };
    const { connect } = await serve(app);
    const client = connect().send(requestText('POST', '/', 'Transfer-Encoding: chunked'));
    for (const part of ['one', 'two', 'three']) {
      client.send(`${part.length.toString(16)}\r\n${part}\r\n`);
      await client.until(`${part}\r\n`);
    }
    client.send('0\r\n\r\n');
    expect((await client.response()).body).toBe('onetwothree');
  });
});

describe('a client that expects 100-continue', () => {
  const request = post('body', '/', 'Expect: 100-Continue');
  const head = request.slice(0, -4);

  it('gets a 100 when the application reads, not before', async () => {
    let go = (): void => {};
    const { connect } = await serve(
      reading(async (input) => {
        await new Promise<void>((resolve) => (go = resolve));
        return latin1(await input.read());
      }),
    );
    const client = connect().send(head);
    await pause(30);
    expect(client.received).toBe('');
    go();
    expect(await client.until('\r\n\r\n')).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    client.send('body');
    expect(await client.response()).toMatchObject({ interim: [100], body: '"body"' });
  });

  it('gets none, and a closed connection, when the application answers without reading', async () => {
    const { connect } = await serve((_environ, startResponse) => {
      startResponse('401 Unauthorized', []);
      return [];
    });
    const client = connect().send(head);
    expect(await client.response()).toMatchObject({
      status: 401,
      interim: [],
      fields: expect.arrayContaining([['Connection', 'close']]),
    });
    expect(await client.closed).toBe('end');
  });

  it('gets none when its body came along', async () => {
    const { connect } = await serve(reading(async (input) => latin1(await input.read())));
    const client = connect().send(request + get());
    expect(await client.response()).toMatchObject({ interim: [], body: '"body"' });
    await client.response();
  });

  it('gets none over HTTP/1.0 or without a body', async () => {
    const { connect } = await serve(reading(async (input) => latin1(await input.read())));
    const client = connect().send(get('/', 'Expect: 100-continue'));
    expect((await client.response()).interim).toEqual([]);
    client.send(head.replace('HTTP/1.1', 'HTTP/1.0'));
    await pause();
    expect(client.received).toBe('');
    client.send('body');
    expect((await client.response()).interim).toEqual([]);
  });

  it('gets 417 for another expectation', async () => {
    const { ask } = await serve(() => []);
    expect((await ask(get('/', 'Expect: miracles'))).status).toBe(417);
  });

  it('sees nothing of it once the answer has begun', async () => {
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('begun ');
        yield await environ['gateway.input'].read();
      })();
    };
    const { connect } = await serve(app);
    const client = connect().send(head);
    await client.until('begun');
    client.send('body');
    expect(await client.response()).toMatchObject({ interim: [], body: 'begun body' });
    await eventually(() => client.received === '');
  });
});
