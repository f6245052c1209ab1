import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GatewayApp } from '@werkstatt/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { application, type MiniServer, makeServer } from './mini-server.ts';

let server: MiniServer;
let ended: Promise<void>;

async function serve(app: GatewayApp): Promise<void> {
  server = await makeServer(['127.0.0.1', 0], app);
  ended = server.serveForever();
}

/** Sends the pieces one after another, and gives all that comes back. */
async function send(...pieces: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: server.port, noDelay: true });
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', (error) => {
    answer += `(${(error as NodeJS.ErrnoException).code})`;
  });
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, 'latin1', resolve));
    await nextTurn();
  }
  await closed;
  return answer;
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');

afterEach(async () => {
  server.close();
  await ended;
  vi.restoreAllMocks();
});

describe('the application on the small server', () => {
  it('answers / in HTTP/1.1', async () => {
    await serve(application);
    expect(await send(get('/'))).toMatch(/^HTTP\/1\.1 200 OK\r\n(.+\r\n)*\r\nHello World!$/);
  });

  it('greets a user by name, with blanks and umlauts', async () => {
    await serve(application);
    expect(utf8(await send(get('/user/J%C3%BCrgen%20M%C3%BCller')))).toMatch(
      /\r\nHello Jürgen Müller!$/,
    );
  });

  it('takes %2F for a separator, as every server of the protocol does', async () => {
    await serve(application);
    expect(await send(get('/user/a%2Fb'))).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('answers fetch', async () => {
    await serve(application);
    const response = await fetch(`http://127.0.0.1:${server.port}/user/Ada`);
    expect(await response.text()).toBe('Hello Ada!');
  });

  it('sends no body for HEAD', async () => {
    await serve(application);
    expect(await send('HEAD / HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 OK\r\n(.+\r\n)*\r\n$/,
    );
  });
});

describe('MiniServer', () => {
  const echo: GatewayApp = async (environ, startResponse) => {
    const body = await environ['gateway.input'].read();
    const { PATH_INFO, QUERY_STRING, CONTENT_LENGTH = '' } = environ;
    startResponse('200 OK', [['Content-Type', 'text/plain']]);
    return [Buffer.from(`${PATH_INFO}|${QUERY_STRING}|${CONTENT_LENGTH}|`), body];
  };

  it('reads a request that comes byte by byte', async () => {
    await serve(echo);
    const request = 'POST /a%20b?c=d%20e HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
    expect(await send(...request)).toMatch(/\r\n\r\n\/a b\|c=d%20e\|5\|hello$/);
  });

  it('reads head and body from one piece', async () => {
    await serve(echo);
    const request = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
    expect(await send(request)).toMatch(/\|hello$/);
  });

  it('serves one client while another is slow', async () => {
    await serve(echo);
    const slow = connect(server.port, '127.0.0.1').on('error', () => {});
    slow.write('GET / HT');
    expect(await send(get('/'))).toMatch(/^HTTP\/1\.1 200 /);
    slow.destroy();
  });

  it('joins repeated header fields', async () => {
    await serve((environ, startResponse) => {
      startResponse('200 OK', []);
      return [Buffer.from(`${environ.HTTP_X_A}|${environ.HTTP_COOKIE}|${environ.HTTP_X_B}`)];
    });
    const fields = 'X-A: 1\r\nx-a: 2\r\nCookie: a=1\r\nCookie: b=2\r\nX_B: forged\r\n';
    expect(await send(`GET / HTTP/1.1\r\n${fields}\r\n`)).toMatch(/1, 2\|a=1; b=2\|undefined$/);
  });

  it.each([
    ['a line that is no request', 'hello\r\n\r\n', 400],
    ['a request line with two blanks', 'GET  / HTTP/1.1\r\n\r\n', 400],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    ['a length with a sign', 'POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na', 400],
    ['a chunked body', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 411],
    ['a body beyond the limit', 'POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n', 413],
    ['a head without an end', `GET / HTTP/1.1\r\nA: ${'b'.repeat(20_000)}`, 431],
  ])('refuses %s', async (_what, request, status) => {
    await serve(echo);
    expect(await send(request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('answers an error of the application with 500 and says what it was', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    await serve(() => {
      throw new Error('broken');
    });
    expect(await send(get('/'))).toMatch(/^HTTP\/1\.1 500 /);
    expect(log).toHaveBeenCalledExactlyOnceWith('Error on request:', expect.any(Error));
  });

  it('breaks an answer off that fails half-way, so that it cannot pass for a whole one', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    await serve((_environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield Buffer.from('half');
        await nextTurn();
        throw new Error('broken');
      })();
    });
    expect(await send(get('/'))).toMatch(/half\(ECONNRESET\)$/);
  });

  it('refuses a header with a line break in it', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    await serve((_environ, startResponse) => {
      startResponse('200 OK', [['Location', '/\r\nSet-Cookie: stolen=1']]);
      return [];
    });
    const answer = await send(get('/'));
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).not.toContain('stolen');
  });

  it('closes every body once', async () => {
    const close = vi.fn();
    await serve((_environ, startResponse) => {
      startResponse('200 OK', []);
      return Object.assign([Buffer.from('x')], { close });
    });
    await send(get('/'));
    expect(close).toHaveBeenCalledOnce();
  });
});
