import { copyEnviron, type Environ, type GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, get, post, requestText, serve } from '../../test/serve.ts';

/** Serves one request and returns the environ that its application got. */
async function environOf(request: string): Promise<Environ> {
  let environ: Environ | undefined;
  const app: GatewayApp = (seen, startResponse) => {
    environ = seen;
    startResponse('200 OK', []);
    return [];
  };
  const { ask } = await serve(app);
  const response = await ask(request);
  expect(response.status).toBe(200);
  return environ!;
}

describe('environ', () => {
  it('describes request, server and peer', async () => {
    let environ: Environ | undefined;
    const app: GatewayApp = (seen, startResponse) => {
      environ = seen;
      startResponse('200 OK', []);
      return [];
    };
    const { connect, port } = await serve(app);
    const client = connect().send(post('body', '/a%20b?c=%20d', 'Content-Type: text/plain'));
    await client.response();
    expect({ ...environ }).toMatchObject({
      REQUEST_METHOD: 'POST',
      SCRIPT_NAME: '',
      PATH_INFO: '/a b',
      QUERY_STRING: 'c=%20d',
      REQUEST_URI: '/a%20b?c=%20d',
      CONTENT_TYPE: 'text/plain',
      CONTENT_LENGTH: '4',
      SERVER_NAME: '127.0.0.1',
      SERVER_PORT: String(port),
      SERVER_PROTOCOL: 'HTTP/1.1',
      REMOTE_ADDR: '127.0.0.1',
      REMOTE_PORT: String(client.socket.localPort),
      HTTP_HOST: 'localhost',
      'gateway.version': [1, 0],
      'gateway.url_scheme': 'http',
      'gateway.multithread': false,
      'gateway.multiprocess': false,
      'gateway.run_once': false,
      'gateway.input_terminated': true,
    });
    expect(environ).not.toHaveProperty('HTTP_CONTENT_TYPE');
    expect(environ).not.toHaveProperty('HTTP_CONTENT_LENGTH');
  });

  it('has no CONTENT_TYPE, CONTENT_LENGTH or certificate unless there is one', async () => {
    const environ = await environOf(get());
    for (const key of ['CONTENT_TYPE', 'CONTENT_LENGTH', 'SSL_CLIENT_CERT']) {
      expect(key in environ).toBe(false);
    }
  });

  it('inherits nothing', async () => {
    const environ = await environOf(get());
    for (const key of ['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf']) {
      expect(key in environ, key).toBe(false);
    }
    expect(Object.getPrototypeOf(Object.getPrototypeOf(environ))).toBeNull();
  });

  it('cannot be given a prototype by field names', async () => {
    const environ = await environOf(get('/', '__proto__: x', 'constructor: y', 'toString: z'));
    expect(environ.HTTP_CONSTRUCTOR).toBe('y');
    expect(environ.HTTP_TOSTRING).toBe('z');
    expect({}).not.toHaveProperty('x');
  });

  it('is fresh for every request', async () => {
    const seen: unknown[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      seen.push(environ['myapp.user']);
      environ['myapp.user'] = 'me';
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app);
    const client = connect().send(get() + get());
    await client.response();
    await client.response();
    expect(seen).toEqual([undefined, undefined]);
  });

  it.each(['get', 'PATCH', 'M-SEARCH', "x!#$%&'*+.^_`|~9"])(
    'keeps the method %s as it is',
    async (method) => {
      expect((await environOf(requestText(method, '/'))).REQUEST_METHOD).toBe(method);
    },
  );
});

describe('PATH_INFO', () => {
  it.each([
    ['/', '/', ''],
    ['/a/b?x=1?y', '/a/b', 'x=1?y'],
    ['/?', '/', ''],
    ['/a%2Fb', '/a/b', ''],
    ['/a%252Fb', '/a%2Fb', ''],
    ['/%E2%82%AC', '/€', ''],
    ['/%e2%82%ac%F0%9F%98%80', '/€😀', ''],
    ['/%FF', '/%FF', ''],
    ['/%e2%82', '/%e2%82', ''],
    ['/a%E2%82%ACb%FFc', '/a€b%FFc', ''],
    ['/%C0%80', '/%C0%80', ''],
    ['/%ED%A0%80', '/%ED%A0%80', ''],
    ['/%F4%90%80%80', '/%F4%90%80%80', ''],
    ['/%', '/%', ''],
    ['/%4', '/%4', ''],
    ['/%zz%41', '/%zzA', ''],
    ['/%00', '/\0', ''],
    ['/+', '/+', ''],
    ['//x/y', '//x/y', ''],
    ['//x:80/y?z', '//x:80/y', 'z'],
    ['/a/../b/./c', '/a/../b/./c', ''],
    ['/%2e%2e/', '/../', ''],
    ['/a;b=c', '/a;b=c', ''],
    ['/{a}|"b"', '/{a}|"b"', ''],
  ])('of %s is %j, its query %j', async (target, path, query) => {
    const environ = await environOf(get(target));
    expect(environ.PATH_INFO).toBe(path);
    expect(environ.QUERY_STRING).toBe(query);
    expect(environ.REQUEST_URI).toBe(target);
    expect(environ.HTTP_HOST).toBe('localhost');
  });

  it.each([
    ['http://example.org/a%20b?c', '/a b', 'c', 'example.org'],
    ['http://example.org', '/', '', 'example.org'],
    ['http://example.org?c', '/', 'c', 'example.org'],
    ['HTTPS://Example.org:81/', '/', '', 'Example.org:81'],
    ['http://[::1]:80/x', '/x', '', '[::1]:80'],
  ])('and host of the absolute-form %s are its own', async (target, path, query, host) => {
    expect(await environOf(get(target))).toMatchObject({
      PATH_INFO: path,
      QUERY_STRING: query,
      HTTP_HOST: host,
      REQUEST_URI: target,
    });
  });

  it('of OPTIONS * is *', async () => {
    const environ = await environOf(requestText('OPTIONS', '*'));
    expect(environ).toMatchObject({ PATH_INFO: '*', REQUEST_URI: '*', QUERY_STRING: '' });
  });

  it.each([
    ['GET', '*', 400],
    ['GET', 'a', 400],
    ['GET', 'ftp://a/', 400],
    ['GET', 'http:///a', 400],
    ['GET', 'http://user@a/', 400],
    ['GET', '/a#b', 400],
    ['GET', '/\xe4', 400],
    ['CONNECT', 'a:80', 501],
  ])('is not made of %s %s: %d', async (method, target, status) => {
    let called = false;
    const { ask } = await serve(() => {
      called = true;
      return [];
    });
    expect((await ask(requestText(method, target))).status).toBe(status);
    expect(called).toBe(false);
  });
});

describe('HTTP_* keys', () => {
  it('join repeated fields by ", ", cookies by "; "', async () => {
    const fields = ['X-A: 1', 'Cookie: a=1', 'x-a: 2, 3', 'cookie: b=2', 'X-A:', 'Accept: */*'];
    expect(await environOf(get('/', ...fields))).toMatchObject({
      HTTP_X_A: '1, 2, 3, ',
      HTTP_COOKIE: 'a=1; b=2',
      HTTP_ACCEPT: '*/*',
    });
  });

  it('have the octets of the values, as latin-1, without blanks at the ends', async () => {
    const environ = await environOf(get('/', 'X-A: \t a\tb \xe4\xff \t', 'X-B:', 'X-C:c'));
    expect(environ).toMatchObject({ HTTP_X_A: 'a\tb \xe4\xff', HTTP_X_B: '', HTTP_X_C: 'c' });
  });

  it('drop names with _, so that none poses as another', async () => {
    const environ = await environOf(
      get('/', 'X_Forwarded_For: evil', 'Content_Length: 5', 'X-Forwarded_For: evil', 'Host_: a'),
    );
    expect(Object.keys(environ).filter((key) => /FORWARDED|CONTENT|HOST_/.test(key))).toEqual([]);
  });

  it('join what differs only in case, and keep apart what differs in octets', async () => {
    const environ = await environOf(get('/', 'x-A.b: 1', 'X-a.B: 2', 'x-a!b: 3', 'X-A-B: 4'));
    expect(environ).toMatchObject({ 'HTTP_X_A.B': '1, 2', 'HTTP_X_A!B': '3', HTTP_X_A_B: '4' });
  });

  it('are right for more names than are remembered', async () => {
    let environ: Environ | undefined;
    const app: GatewayApp = (seen, startResponse) => {
      environ = seen;
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app);
    const client = connect();
    for (let round = 0; round < 12; round++) {
      const names = Array.from({ length: 90 }, (_, i) => `X-${round}-${i}`);
      client.send(get('/', ...names.map((name) => `${name}: ${name}`)));
      await client.response();
      for (const name of names) expect(environ![`HTTP_${name.replaceAll('-', '_')}`]).toBe(name);
    }
  });

  it('have no HTTP_PROXY, which is the name of a setting', async () => {
    const environ = await environOf(get('/', 'pRoxy: http://evil.example', 'Proxy-X: a'));
    expect(environ).not.toHaveProperty('HTTP_PROXY');
    expect(environ).toHaveProperty('HTTP_PROXY_X', 'a');
  });

  it.each([
    ['0', '0'],
    ['0004', '4'],
  ])('have Content-Length %s as %s', async (sent, seen) => {
    const request = `${requestText('POST', '/', `Content-Length: ${sent}`)}${'x'.repeat(Number(seen))}`;
    expect((await environOf(request)).CONTENT_LENGTH).toBe(seen);
  });
});

describe('the lazy keys', () => {
  const KEYS = [
    'gateway.signal',
    'gateway.raw_headers',
    'gateway.trailers',
    'gateway.send_trailers',
    'gateway.early_hints',
    'gateway.socket',
  ];

  it('survive copyEnviron()', async () => {
    const environ = await environOf(get('/', 'X-A: 1'));
    const copy = copyEnviron(environ, { 'myapp.a': 1 });
    expect(copy['gateway.signal']).toBe(environ['gateway.signal']);
    expect(copy['gateway.raw_headers']()).toEqual(environ['gateway.raw_headers']());
    for (const key of KEYS) expect(copy[key], key).toBeDefined();
  });

  it('can be set by middleware, in the environ and in a copy', async () => {
    const environ = await environOf(get());
    const signal = AbortSignal.abort();
    const copy = copyEnviron(environ, { 'gateway.signal': signal });
    expect(copy['gateway.signal']).toBe(signal);
    expect(environ['gateway.signal']).not.toBe(signal);
    for (const key of [...KEYS, 'gateway.upgrade']) {
      const value = () => [];
      environ[key] = value;
      expect(environ[key]).toBe(value);
      expect(Object.keys(environ)).toContain(key);
      environ[key] = undefined;
      expect(environ[key]).toBeUndefined();
    }
  });

  it('work when they are first used after the answer', async () => {
    const environ = await environOf(get('/', 'X-A: 1'));
    expect(environ['gateway.raw_headers']()).toContainEqual(['X-A', '1']);
    expect(environ['gateway.signal'].aborted).toBe(false);
    expect(environ['gateway.trailers']()).toEqual([]);
    expect(() => environ['gateway.send_trailers']!([])).toThrow('trailers');
  });

  it('have raw_headers as received: case, order, repetitions and _', async () => {
    const raw = ['X-b: 1', 'x-B:\t2 ', 'a_b: \xe4', 'Cookie: a', 'cookie: b', 'empty:'];
    const environ = await environOf(get('/', ...raw));
    expect(environ['gateway.raw_headers']()).toEqual([
      ['Host', 'localhost'],
      ['X-b', '1'],
      ['x-B', '2'],
      ['a_b', '\xe4'],
      ['Cookie', 'a'],
      ['cookie', 'b'],
      ['empty', ''],
    ]);
  });

  it('have raw_headers of their own for each pipelined request', async () => {
    const environs: Environ[] = [];
    const app: GatewayApp = async (environ, startResponse) => {
      environs.push(environ);
      await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app);
    const text = Array.from({ length: 5 }, (_, i) => post('x'.repeat(i), '/', `X-N: ${i}`)).join(
      '',
    );
    const client = connect();
    for (const octet of text) client.send(octet);
    for (let i = 0; i < 5; i++) await client.response();
    environs.forEach((environ, i) => {
      expect(environ['gateway.raw_headers']()).toContainEqual(['X-N', String(i)]);
    });
  });

  it('have the connection to look at and to destroy', async () => {
    const app: GatewayApp = (environ) => {
      const socket = environ['gateway.socket']!;
      expect(socket.encrypted).toBeUndefined();
      expect(socket.remotePort).toBe(Number(environ.REMOTE_PORT));
      socket.destroy();
      return new Promise(() => {});
    };
    const { connect, dropped } = await serve(app);
    await connect().send(get()).closed;
    expect(dropped).toHaveLength(1);
  });

  it('have no early hints and no trailers for HTTP/1.0', async () => {
    const environ = await environOf('GET / HTTP/1.0\r\n\r\n');
    expect(environ['gateway.early_hints']).toBeUndefined();
    expect(environ['gateway.send_trailers']).toBeUndefined();
    expect(environ['gateway.upgrade']).toBeUndefined();
    expect(environ.SERVER_PROTOCOL).toBe('HTTP/1.0');
  });
});

describe('gateway.errors', () => {
  it('writes lines to the log', async () => {
    const app: GatewayApp = (environ, startResponse) => {
      environ['gateway.errors'].write('');
      environ['gateway.errors'].flush();
      startResponse('200 OK', []);
      return [bytes('x')];
    };
    expect((await (await serve(app)).ask()).body).toBe('x');
  });
});
