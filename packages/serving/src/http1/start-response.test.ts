import type { GatewayApp, HeaderList, StartResponse } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, get, serve } from '../../test/serve.ts';

/** Answers with what one call of startResponse makes of its arguments: 200, or the error's name. */
function judging(call: (startResponse: StartResponse) => void): GatewayApp {
  return (_environ, startResponse) => {
    let verdict = 'accepted';
    try {
      call(startResponse);
    } catch (error) {
      verdict = `${(error as Error).name}: ${(error as Error).message}`;
      startResponse('200 OK', []);
    }
    return [bytes(verdict)];
  };
}

async function verdictOn(status: unknown, headers: unknown = []): Promise<string> {
  const app = judging((start) => void start(status as string, headers as HeaderList));
  const { ask } = await serve(app);
  return (await ask()).body;
}

describe('startResponse', () => {
  it('refuses a second call without an error', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      startResponse('201 Created', []);
      return [];
    };
    const { ask, takeErrors } = await serve(app);
    expect((await ask()).status).toBe(500);
    expect(String(takeErrors())).toContain('headers already set');
  });

  it('replaces status and headers when called with an error before anything was sent', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['X-Old', '1']]);
      startResponse('503 Busy', [['X-New', '1']], new Error('busy'));
      return [bytes('later')];
    };
    const { ask } = await serve(app);
    const response = await ask();
    expect(response).toMatchObject({ status: 503, reason: 'Busy', body: 'later' });
    expect(fieldOf(response, 'X-Old')).toBeUndefined();
    expect(fieldOf(response, 'X-New')).toBe('1');
  });

  it('throws the very error it is called with once the head is out', async () => {
    const error = new Error('too late');
    let thrown: unknown;
    const app: GatewayApp = async function* (_environ: unknown, startResponse: StartResponse) {
      startResponse('200 OK', []);
      yield bytes('first');
      try {
        startResponse('500 Oops', [], error);
      } catch (caught) {
        thrown = caught;
      }
    } as unknown as GatewayApp;
    const { ask } = await serve(app);
    expect((await ask()).body).toBe('first');
    expect(thrown).toBe(error);
  });

  it('keeps the first status and headers when a replacement is illegal', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('202 Accepted', [['X-First', '1']]);
      expect(() => startResponse('100', [], new Error())).toThrow(TypeError);
      expect(() => startResponse('500 No', [['a b', '']], new Error())).toThrow(TypeError);
      return [];
    };
    const { ask } = await serve(app);
    expect(await ask()).toMatchObject({ status: 202 });
  });

  it('sends a bare code with an empty reason', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('404', []);
      return [bytes('none')];
    };
    const { connect } = await serve(app);
    const client = connect().send(get());
    expect(await client.until('none')).toMatch(/^HTTP\/1\.1 404 \r\n/);
  });

  it('sends reasons and values of visible latin-1 characters as they are', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('299 Größe\t~', [
        ['X-Value', 'a\tb \xff'],
        ['x-empty', ''],
      ]);
      return [];
    };
    const response = await (await serve(app)).ask();
    expect(response.reason).toBe('Größe\t~');
    expect(response.fields).toContainEqual(['X-Value', 'a\tb \xff']);
    expect(response.fields).toContainEqual(['x-empty', '']);
  });

  it.each([
    '',
    'OK',
    '200OK',
    '20 OK',
    '2000 OK',
    '200  OK',
    ' 200 OK',
    '200 OK ',
    '200 OK\r\nX: y',
    '200 \u0000',
    '200 \u20ac',
    '099 Low',
    '100 Continue',
    '101 Switching Protocols',
    '103 Early Hints',
    200,
    undefined,
    null,
  ])('refuses the status %j', async (status) => {
    expect(await verdictOn(status)).toMatch(/^TypeError: startResponse: status /);
  });

  it.each(['', 'a b', 'a:', 'a\r\n', 'ä', 'a\u0000', '(a)', 1, undefined])(
    'refuses the header name %j',
    async (name) => {
      expect(await verdictOn('200 OK', [[name, 'x']])).toMatch(/^TypeError: startResponse: /);
    },
  );

  it.each([
    'a\r\nb: c',
    'a\nb',
    'a\rb',
    'a\u0000b',
    'a\u007fb',
    '\u20ac',
    ' a',
    'a ',
    '\ta',
    'a\t',
    1,
    null,
    undefined,
    ['a'],
  ])('refuses the header value %j', async (value) => {
    expect(await verdictOn('200 OK', [['X-A', value]])).toMatch(/^TypeError: startResponse: /);
  });

  it.each([
    [['5'], ['5']],
    [['5'], ['6']],
    [['']],
    [['+5']],
    [['-1']],
    [['5, 5']],
    [['0x5']],
    [['1e3']],
    [['1.5']],
    [['9'.repeat(30)]],
  ])('refuses the Content-Lengths %j', async (...values) => {
    const headers = values.map(([value]) => ['Content-Length', value]);
    expect(await verdictOn('200 OK', headers)).toMatch(/^TypeError: .*Content-Length/);
  });

  it.each([
    ['Transfer-Encoding', 'chunked'],
    ['transfer-encoding', 'identity'],
    ['Connection', 'keep-alive'],
    ['Connection', 'close, upgrade'],
    ['Keep-Alive', 'timeout=5'],
    ['Upgrade', 'websocket'],
    ['Proxy-Connection', 'close'],
    ['TE', 'trailers'],
  ])('refuses the hop-by-hop header %s: %s', async (name, value) => {
    expect(await verdictOn('200 OK', [[name, value]])).toMatch(/is for the server to send/);
  });

  it.each(['close', 'Close'])('ends the connection for "Connection: %s"', async (value) => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Connection', value]]);
      return [bytes('last')];
    };
    const { connect } = await serve(app);
    const client = connect().send(get() + get());
    const response = await client.response();
    expect(fieldOf(response, 'Connection')).toBe('close');
    expect(await client.rest()).toBe('');
  });

  it('is not changed by a header list that changes afterwards', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      const headers: [string, string][] = [['X-A', '1']];
      startResponse('200 OK', headers);
      headers[0]![1] = 'evil\r\nX-B: 2';
      return [];
    };
    const response = await (await serve(app)).ask();
    expect(fieldOf(response, 'X-A')).toBe('1');
    expect(fieldOf(response, 'X-B')).toBeUndefined();
  });

  it('keeps repeated headers, their order and their case', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [
        ['set-cookie', 'a=1'],
        ['X-B', 'b'],
        ['Set-Cookie', 'c=2'],
      ]);
      return [];
    };
    const { fields } = await (await serve(app)).ask();
    expect(fields.slice(0, 3)).toEqual([
      ['set-cookie', 'a=1'],
      ['X-B', 'b'],
      ['Set-Cookie', 'c=2'],
    ]);
  });

  it('adds Date and Server unless they are set', async () => {
    const app: GatewayApp = (environ, startResponse) => {
      const own = environ.PATH_INFO === '/own';
      startResponse(
        '200 OK',
        own
          ? [
              ['date', 'Thu, 01 Jan 1970 00:00:00 GMT'],
              ['SERVER', 'mine'],
            ]
          : [],
      );
      return [];
    };
    const { ask } = await serve(app);
    const plain = await ask();
    expect(fieldOf(plain, 'Server')).toBe('Werkstatt');
    expect(Math.abs(Date.parse(fieldOf(plain, 'Date')!) - Date.now())).toBeLessThan(10_000);
    const own = await ask(get('/own'));
    expect(fieldOf(own, 'Date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(fieldOf(own, 'Server')).toBe('mine');
  });
});
