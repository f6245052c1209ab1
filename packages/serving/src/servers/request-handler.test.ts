import { PassThrough } from 'node:stream';
import {
  type Body,
  copyEnviron,
  type Environ,
  type GatewayApp,
  type HeaderList,
  type StartResponse,
} from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, eventually, get, pause, requestText, serve, textApp } from '../../test/serve.ts';
import type { AccessRecord } from '../log/access-log.ts';
import { makeServer } from '../make-server.ts';
import { GatewayRequestHandler } from './request-handler.ts';

describe('makeEnviron()', () => {
  it('may change the environ that the application gets', async () => {
    class Tagging extends GatewayRequestHandler {
      override makeEnviron(environ: Environ): Environ {
        environ['myapp.tag'] = `tag of ${environ.PATH_INFO}`;
        return environ;
      }
    }
    const app = textApp((environ) => String(environ['myapp.tag']));
    const { ask } = await serve(app, { requestHandler: Tagging });
    expect((await ask(get('/a'))).body).toBe('tag of /a');
  });

  it('may look at the lazy keys, and return a copy that keeps them', async () => {
    let raw: HeaderList = [];
    class Copying extends GatewayRequestHandler {
      override makeEnviron(environ: Environ): Environ {
        raw = environ['gateway.raw_headers']();
        environ['gateway.signal'].throwIfAborted();
        return copyEnviron(environ, { REMOTE_ADDR: '192.0.2.1' });
      }
    }
    const app = textApp((environ) => `${environ.REMOTE_ADDR} ${environ['gateway.signal'].aborted}`);
    const { ask } = await serve(app, { requestHandler: Copying });
    expect((await ask()).body).toBe('192.0.2.1 false');
    expect(raw).toEqual([['Host', 'localhost']]);
  });

  it('that throws is an error of that request alone', async () => {
    class Failing extends GatewayRequestHandler {
      override makeEnviron(environ: Environ): Environ {
        if (environ.PATH_INFO === '/bad') throw new Error('no environ');
        return environ;
      }
    }
    const { connect, takeErrors } = await serve(textApp(), { requestHandler: Failing });
    const client = connect().send(get('/bad') + get('/good'));
    expect((await client.response()).status).toBe(500);
    expect((await client.response()).status).toBe(200);
    expect(takeErrors()).toMatchObject([{ message: 'no environ' }]);
  });

  it('does not change how the answer is framed', async () => {
    class Disguising extends GatewayRequestHandler {
      override makeEnviron(environ: Environ): Environ {
        return copyEnviron(environ, { REQUEST_METHOD: 'GET' });
      }
    }
    const app = textApp((environ) => environ.REQUEST_METHOD);
    const { connect } = await serve(app, { requestHandler: Disguising });
    const client = connect().send(requestText('HEAD', '/') + get());
    await client.response('HEAD');
    expect((await client.response()).body).toBe('GET');
  });
});

describe('runGateway()', () => {
  it('calls the application in its own way', async () => {
    class Wrapping extends GatewayRequestHandler {
      override runGateway(
        app: GatewayApp,
        environ: Environ,
        startResponse: StartResponse,
      ): Body | Promise<Body> {
        if (environ.PATH_INFO === '/stop') {
          startResponse('403 Forbidden', []);
          return [];
        }
        return super.runGateway(app, environ, startResponse);
      }
    }
    const { ask } = await serve(textApp(), { requestHandler: Wrapping });
    expect((await ask(get('/stop'))).status).toBe(403);
    expect((await ask()).body).toBe('hello');
  });
});

describe('versionString() and dateTimeString()', () => {
  it('are the fields Server and Date', async () => {
    class Named extends GatewayRequestHandler {
      override versionString(): string {
        return 'mine/1';
      }
      override dateTimeString(): string {
        return 'Thu, 01 Jan 1970 00:00:00 GMT';
      }
    }
    const { ask } = await serve(textApp(), { requestHandler: Named });
    for (const response of [await ask(), await ask('bad\r\n\r\n')]) {
      expect(fieldOf(response, 'Server')).toBe('mine/1');
      expect(fieldOf(response, 'Date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    }
  });

  it('format a time as RFC 9110 says', () => {
    const server = makeServer({ app: textApp() });
    const handler = new GatewayRequestHandler(server, null);
    expect(handler.dateTimeString(784_111_777_000)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
    expect(handler.addressString()).toBe('');
    expect(handler.closeConnection).toBe(false);
  });
});

describe('closeConnection', () => {
  it('makes the current answer the last one', async () => {
    class Closing extends GatewayRequestHandler {
      override makeEnviron(environ: Environ): Environ {
        if (environ.PATH_INFO === '/last') this.closeConnection = true;
        return environ;
      }
    }
    const { connect } = await serve(textApp(), { requestHandler: Closing });
    const client = connect().send(get('/first') + get('/last') + get('/never'));
    expect(fieldOf(await client.response(), 'Connection')).toBeUndefined();
    expect(fieldOf(await client.response(), 'Connection')).toBe('close');
    expect(await client.rest()).toBe('');
  });
});

describe('connectionDropped()', () => {
  it('is called once with error and environ when the client leaves, and no other time', async () => {
    const calls: string[] = [];
    class Noting extends GatewayRequestHandler {
      override connectionDropped(error: Error, environ: Environ): void {
        calls.push(`${error.name} ${environ.PATH_INFO}`);
      }
    }
    const app: GatewayApp = (environ, startResponse) => {
      if (environ.PATH_INFO === '/hang') return new Promise(() => {});
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app, { requestHandler: Noting });
    const client = connect().send(get('/done'));
    await client.response();
    client.send(get('/hang'));
    await pause();
    client.reset();
    await eventually(() => calls.length > 0);
    await pause();
    expect(calls).toEqual(['ClientDisconnected /hang']);
  });
});

describe('log hooks', () => {
  it('that throw tell handleError(), and harm neither answer nor process', async () => {
    class Failing extends GatewayRequestHandler {
      override logRequest(): void {
        throw new Error('logRequest failed');
      }
      override logError(): void {
        throw new Error('logError failed');
      }
      override connectionDropped(): void {
        throw new Error('connectionDropped failed');
      }
    }
    const app: GatewayApp = (environ, startResponse) => {
      if (environ.PATH_INFO === '/fail') throw new Error('app');
      if (environ.PATH_INFO === '/hang') return new Promise(() => {});
      startResponse('200 OK', []);
      return new Set([bytes('x')]);
    };
    const server = makeServer({ app, host: '127.0.0.1', requestHandler: Failing });
    const errors: string[] = [];
    server.handleError = (error, address) => {
      errors.push(`${(error as Error).message} ${address?.host}`);
    };
    const { Client } = await import('../../test/client.ts');
    await server.listen();
    const client = new Client({ port: server.port, host: '127.0.0.1' });
    client.send(get() + get('/fail') + get());
    expect((await client.response()).body).toBe('x');
    expect((await client.response()).status).toBe(500);
    expect((await client.response()).body).toBe('x');
    client.send(get('/hang'));
    await pause();
    client.reset();
    await eventually(() => errors.length === 5);
    expect(errors.map((error) => error.split(' ')[0])).toEqual([
      'logRequest',
      'logError',
      'logRequest',
      'logRequest',
      'connectionDropped',
    ]);
    expect(errors[0]).toBe('logRequest failed 127.0.0.1');
    await server.close();
  });

  it('logError() gets each error once, log() its text', async () => {
    const app: GatewayApp = () => {
      throw new Error('for the log');
    };
    const server = makeServer({ app, host: '127.0.0.1' });
    const lines: string[] = [];
    server.log = (level, message) => void lines.push(`${level} ${message}`);
    await server.listen();
    const { Client } = await import('../../test/client.ts');
    await new Client({ port: server.port, host: '127.0.0.1' }).send(get()).response();
    await server.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error Error on request:\nError: for the log\n +at /);
  });
});

describe('access lines', () => {
  async function records(app: GatewayApp, request: string): Promise<AccessRecord[]> {
    const seen: AccessRecord[] = [];
    const { connect } = await serve(app, {
      accessLogTo: new PassThrough(),
      accessLog: (record) => {
        seen.push(record);
        return `line ${record.status}`;
      },
    });
    await connect().send(request).closed;
    await pause();
    return seen;
  }

  it('tell of an answered request what is known', async () => {
    const fields = ['Referer: http://a/', 'User-Agent: test', 'Connection: close'];
    const before = Date.now();
    const [record] = await records(textApp('12345'), get('/a?b=%20', ...fields));
    expect(record).toMatchObject({
      remoteAddr: '127.0.0.1',
      method: 'GET',
      target: '/a?b=%20',
      protocol: 'HTTP/1.1',
      status: 200,
      bytes: 5,
      referrer: 'http://a/',
      userAgent: 'test',
    });
    expect(record!.time).toBeGreaterThanOrEqual(before);
    expect(record!.duration).toBeGreaterThanOrEqual(0);
  });

  it('are one per request, in order, HEAD with 0 octets', async () => {
    const request = get('/1') + requestText('HEAD', '/2') + get('/3', 'Connection: close');
    const seen = await records(textApp('12345'), request);
    expect(seen.map(({ target, bytes }) => `${target} ${bytes}`)).toEqual(['/1 5', '/2 0', '/3 5']);
  });

  it('have what their format names, of requests and of responses, and go where they shall', async () => {
    const log = new PassThrough({ encoding: 'utf8' });
    const app: GatewayApp = (environ, startResponse) => {
      environ['myapp.user'] = 'Ada';
      if (environ.PATH_INFO === '/error') throw new Error('for the other log');
      startResponse('201 Created', [['X-Cache', 'hit "1"']]);
      return [bytes('12345')];
    };
    const { connect, errors, takeErrors, lines } = await serve(app, {
      accessLog:
        '%(h)s %(m)s %(U)s %(q)s %(s)s %(B)s %({x-id}i)s "%({x-cache}o)s" %({myapp.user}e)s',
      accessLogTo: log,
    });
    const fields = ['X-Id: 7 8', 'X_Id: forged'];
    await connect()
      .send(get('/a%20b?c', ...fields) + get('/error', 'Connection: close'))
      .rest();
    await eventually(() => errors.length === 1);
    await pause();
    const [first, second] = String(log.read()).trimEnd().split('\n');
    expect(first).toBe('127.0.0.1 GET /a%20b c 201 5 7\\x208 "hit \\"1\\"" Ada');
    expect(second).toMatch(/^127\.0\.0\.1 GET \/error - 500 \d+ - "-" Ada$/);
    expect(lines).toEqual([]);
    takeErrors();
  });

  it('name the address that addressString() gives', async () => {
    const seen: string[] = [];
    class Anonymous extends GatewayRequestHandler {
      override addressString(): string {
        return 'somebody';
      }
      override logRequest(record: AccessRecord): void {
        seen.push(record.remoteAddr);
      }
    }
    const { ask } = await serve(textApp(), { requestHandler: Anonymous });
    await ask();
    expect(seen).toEqual(['somebody']);
  });
});
