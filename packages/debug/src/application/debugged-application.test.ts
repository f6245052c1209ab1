import {
  type Environ,
  type GatewayApp,
  type HeaderList,
  NotFound,
  type StartResponse,
} from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { DebuggedApplication } from './debugged-application.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const fail = (): never => {
  throw new TypeError('it broke');
};

/** What a server makes of an application, as far as the protocol's rules on errors go. */
async function answerOf(app: GatewayApp, changes: Partial<Environ> = {}) {
  const log: string[] = [];
  const environ = {
    REQUEST_METHOD: 'GET',
    REQUEST_URI: '/boom',
    'gateway.errors': { write: (text: string) => log.push(text), flush() {} },
    ...changes,
  } as unknown as Environ;
  const answer = { status: '', headers: new Map<string, string>(), body: '', log, cut: undefined };
  let sent = false;
  const send = (chunk: Uint8Array) => {
    sent ||= chunk.byteLength > 0;
    answer.body += new TextDecoder().decode(chunk);
  };
  const startResponse: StartResponse = (status: string, headers: HeaderList, error?: unknown) => {
    if (answer.status !== '' && error === undefined) throw new Error('headers already set');
    if (sent) throw error;
    answer.status = status;
    answer.headers = new Map(headers);
    return send;
  };
  const body = await new DebuggedApplication(app)(environ, startResponse);
  try {
    for await (const chunk of body) send(chunk);
  } catch (error) {
    if (!sent) throw error;
    Object.assign(answer, { cut: error });
  }
  await body.close?.();
  return answer;
}

describe('DebuggedApplication', () => {
  it('is an application', () => {
    const app = new DebuggedApplication(fail, { evalex: true });
    expect(typeof app).toBe('function');
    expect([app.app, app.evalex]).toEqual([fail, true]);
  });

  it('leaves an answer as it is, and a synchronous one synchronous', () => {
    const body = [bytes('fine')];
    const start = vi.fn();
    const app = new DebuggedApplication((_environ, startResponse) => {
      startResponse('200 OK', []);
      return body;
    });
    expect(app({} as Environ, start)).toBe(body);
    expect(start).toHaveBeenCalledWith('200 OK', [], undefined);
  });

  it('answers an error with its text', async () => {
    const { status, headers, body } = await answerOf(fail);
    expect(status).toBe('500 Internal Server Error');
    expect(headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('Content-Length')).toBe(String(body.length));
    expect(body).toMatch(/^TypeError: it broke\n {4}at fail \(.*debugged-application\.test\.ts:/);
  });

  it('answers a browser with a page that can neither run a script nor load anything', async () => {
    const { headers, body } = await answerOf(fail, { HTTP_ACCEPT: 'text/html,*/*;q=0.8' });
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'/,
    );
    expect(body).toContain('<h1>TypeError</h1>');
  });

  it('answers a rejected promise', async () => {
    expect((await answerOf(async () => fail())).status).toMatch(/^500 /);
  });

  it('writes the error to the log once', async () => {
    const { log } = await answerOf(fail);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatch(/^Error on request:\nTypeError: it broke\n {4}at /);
  });

  it('answers an error in a body of which nothing was sent', async () => {
    const { status, body } = await answerOf((_environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', '3']]);
      return (function* () {
        yield bytes('');
        fail();
      })();
    });
    expect(status).toMatch(/^500 /);
    expect(body).toMatch(/^TypeError/);
  });

  it('answers an error in an asynchronous body of which nothing was sent', async () => {
    const { status } = await answerOf((_environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield fail();
      })();
    });
    expect(status).toMatch(/^500 /);
  });

  it('throws an error after the first octet on, and leaves the log to the server', async () => {
    const { status, body, log, cut } = await answerOf((_environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('half an ');
        fail();
      })();
    });
    expect({ status, body, log, cut }).toEqual({
      status: '200 OK',
      body: 'half an ',
      log: [],
      cut: expect.any(TypeError),
    });
  });

  it('throws an error after a write() on', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [])(bytes('half'));
      return fail();
    };
    await expect(answerOf(app)).rejects.toThrow('it broke');
  });

  it('lets an HTTP exception pass', async () => {
    const app: GatewayApp = () => {
      throw new NotFound();
    };
    await expect(answerOf(app)).rejects.toBeInstanceOf(NotFound);
  });

  it('shows nothing to a client that has left', async () => {
    const signal = AbortSignal.abort();
    await expect(answerOf(fail, { 'gateway.signal': signal })).rejects.toThrow('it broke');
  });

  it('reports an error once to whoever wants to know', async () => {
    const report = vi.fn();
    await answerOf(fail, { 'gateway.report_error': report });
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError));
  });

  it('puts its page in place of the 500 of code that reports an error and answers itself', async () => {
    const close = vi.fn();
    const answer = await answerOf((environ, startResponse) => {
      environ['gateway.report_error']?.(new RangeError('caught inside'));
      startResponse('500 Oops', [['Content-Length', '4']]);
      return Object.assign([bytes('oops')], { close });
    });
    expect(answer.status).toBe('500 Internal Server Error');
    expect(answer.body).toMatch(/^RangeError: caught inside/);
    expect(answer.log).toHaveLength(1);
    expect(close).toHaveBeenCalledOnce();
  });

  it('does so when that code starts its answer late', async () => {
    const { body } = await answerOf((environ, startResponse) =>
      (async function* () {
        environ['gateway.report_error']?.(new RangeError('caught inside'));
        startResponse('500 Oops', []);
        yield bytes('oops');
      })(),
    );
    expect(body).toMatch(/^RangeError: caught inside/);
  });

  it('leaves an answer below 500 alone, whatever was reported', async () => {
    const { status, body } = await answerOf((environ, startResponse) => {
      environ['gateway.report_error']?.(new RangeError('handled'));
      startResponse('200 OK', []);
      return [bytes('fine')];
    });
    expect({ status, body }).toEqual({ status: '200 OK', body: 'fine' });
  });

  it('closes a body once, also when its page took over', async () => {
    const close = vi.fn();
    await answerOf((_environ, startResponse) => {
      startResponse('200 OK', []);
      return {
        *[Symbol.iterator]() {
          yield fail();
        },
        close,
      };
    });
    expect(close).toHaveBeenCalledOnce();
  });

  it.each([null, undefined, 7, 'text', Symbol('s'), Object.create(null)])(
    'survives a thrown %o',
    async (thrown) => {
      const { status } = await answerOf(() => {
        throw thrown;
      });
      expect(status).toMatch(/^500 /);
    },
  );
});
