import type { Environ, GatewayApp, HeaderList } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, get, requestText, serve } from '../../test/serve.ts';

describe("a request's trailers", () => {
  it('are complete once the input has ended', async () => {
    let trailers: HeaderList = [];
    const app: GatewayApp = async (environ, startResponse) => {
      await environ['gateway.input'].read();
      trailers = environ['gateway.trailers']();
      startResponse('200 OK', []);
      return [];
    };
    const { ask } = await serve(app);
    const request = requestText('POST', '/', 'Transfer-Encoding: chunked');
    await ask(`${request}3\r\nabc\r\n0\r\nX-Sum:  12 \t\r\nx_b:\r\nx_b: 2\r\n\r\n`);
    expect(trailers).toEqual([
      ['X-Sum', '12'],
      ['x_b', ''],
      ['x_b', '2'],
    ]);
  });

  it('become no HTTP_* keys', async () => {
    let environ: Environ | undefined;
    const app: GatewayApp = async (seen, startResponse) => {
      environ = seen;
      await seen['gateway.input'].read();
      startResponse('200 OK', []);
      return [];
    };
    const { ask } = await serve(app);
    const request = requestText('POST', '/', 'Transfer-Encoding: chunked');
    await ask(`${request}0\r\nX-Late: 1\r\nAuthorization: 2\r\n\r\n`);
    expect(environ).not.toHaveProperty('HTTP_X_LATE');
    expect(environ).not.toHaveProperty('HTTP_AUTHORIZATION');
  });

  it.each(['a b: c', ': c', 'a', 'a: \u0000', ' a: b', 'a: b\n c: d'])(
    'that are malformed (%j) make the body a bad one',
    async (line) => {
      const app: GatewayApp = async (environ, startResponse) => {
        await environ['gateway.input'].read();
        startResponse('200 OK', []);
        return [];
      };
      const { ask } = await serve(app);
      const request = requestText('POST', '/', 'Transfer-Encoding: chunked');
      expect((await ask(`${request}0\r\n${line}\r\n\r\n`)).status).toBe(400);
    },
  );
});

describe('gateway.send_trailers', () => {
  function withTrailers(headers: HeaderList, fields: HeaderList = []): GatewayApp {
    return (environ, startResponse) => {
      startResponse('200 OK', fields);
      return (function* () {
        yield bytes('body');
        environ['gateway.send_trailers']!(headers);
      })();
    };
  }

  it('sends fields behind a chunked body', async () => {
    const headers: HeaderList = [
      ['X-Sum', '12'],
      ['x-b', ''],
    ];
    const { connect } = await serve(withTrailers(headers));
    const client = connect().send(get() + get());
    expect(await client.response()).toMatchObject({ body: 'body', trailers: headers });
    expect(await client.response()).toMatchObject({ body: 'body', trailers: headers });
  });

  it('makes an array a chunked body, also an empty one', async () => {
    for (const chunks of [[], [bytes('body')]]) {
      const app: GatewayApp = (environ, startResponse) => {
        startResponse('200 OK', []);
        environ['gateway.send_trailers']!([['X-Sum', '12']]);
        return chunks;
      };
      const response = await (await serve(app)).ask();
      expect(response).toMatchObject({ chunked: true, trailers: [['X-Sum', '12']] });
    }
  });

  it('throws with a Content-Length', async () => {
    const { connect, takeErrors } = await serve(
      withTrailers([['X-Sum', '12']], [['Content-Length', '4']]),
    );
    const client = connect().send(get());
    await client.until('body');
    await client.closed;
    expect(String(takeErrors())).toContain('chunked coding only');
  });

  it.each([
    ['a b', 'c'],
    ['a', 'b\r\nc: d'],
    ['Content-Length', '3'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
  ])('throws for the field %j: %j', async (name, value) => {
    let error: unknown;
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      try {
        environ['gateway.send_trailers']!([[name, value]]);
      } catch (caught) {
        error = caught;
      }
      return [bytes('x')];
    };
    expect((await (await serve(app)).ask()).body).toBe('x');
    expect(error).toBeInstanceOf(TypeError);
  });

  it('is without effect where there is no content', async () => {
    const { connect } = await serve(withTrailers([['X-Sum', '12']]));
    const client = connect().send(requestText('HEAD', '/') + get());
    await client.response('HEAD');
    expect((await client.response()).trailers).toEqual([['X-Sum', '12']]);
  });
});

describe('gateway.early_hints', () => {
  it('sends a 103 for every call, before the answer', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      environ['gateway.early_hints']!([['Link', '</a.css>; rel=preload']]);
      await new Promise((resolve) => setTimeout(resolve, 10));
      environ['gateway.early_hints']!([]);
      startResponse('200 OK', []);
      return [bytes('x')];
    };
    const { connect } = await serve(app);
    const client = connect().send(get());
    const interim = await client.until('\r\n\r\n');
    expect(interim).toBe('HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n');
    expect(await client.response()).toMatchObject({ interim: [103, 103], body: 'x' });
  });

  it('goes in one packet with an answer that follows at once', async () => {
    const app: GatewayApp = (environ, startResponse) => {
      environ['gateway.early_hints']!([['Link', '</a>']]);
      startResponse('200 OK', []);
      return [bytes('x')];
    };
    expect(await (await serve(app)).ask()).toMatchObject({ interim: [103], body: 'x' });
  });

  it('sends nothing once the head is out', async () => {
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', [])(bytes('x'));
      environ['gateway.early_hints']!([['Link', '</a>']]);
      return [];
    };
    expect(await (await serve(app)).ask()).toMatchObject({ interim: [], body: 'x' });
  });

  it('throws for illegal fields and for those of framing', async () => {
    const errors: unknown[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      for (const field of [
        ['a b', ''],
        ['Link', '\n'],
        ['Content-Length', '0'],
      ] as const) {
        try {
          environ['gateway.early_hints']!([field]);
        } catch (error) {
          errors.push(error);
        }
      }
      startResponse('200 OK', []);
      return [];
    };
    const response = await (await serve(app)).ask();
    expect(response.interim).toEqual([]);
    expect(fieldOf(response, 'Content-Length')).toBe('0');
    expect(errors).toHaveLength(3);
  });
});
