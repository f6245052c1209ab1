import { GATEWAY_APP, type GatewayApp, NotFound } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { HandlerResultError } from '../errors/wrapper-errors.ts';
import { Request } from '../request/request.ts';
import { Response } from '../response/response.ts';
import { serve, testEnviron } from '../testing/environ.ts';

class UserRequest extends Request {
  get user(): string {
    return this.args.get('user', 'nobody');
  }
}

const start = () => () => {};

describe('Request.application as a function', () => {
  it('answers with what the handler returns', async () => {
    const app = Request.application((request) => new Response(`Hello ${request.path}`));
    expect(await serve(app, { path: '/there' })).toMatchObject({
      status: '200 OK',
      text: 'Hello /there',
    });
  });

  it('answers a synchronous handler without a promise', () => {
    const app = Request.application(() => new Response('now'));
    expect(app(testEnviron(), start)).toBeInstanceOf(Array);
  });

  it('waits for an asynchronous handler', async () => {
    const app = Request.application(async (request) => new Response(await request.text()));
    expect((await serve(app, { method: 'POST', body: 'sent' })).text).toBe('sent');
  });

  it('hands over requests of the class it was called on', async () => {
    const app = UserRequest.application((request) => new Response(request.user));
    expect((await serve(app, { query: 'user=ada' })).text).toBe('ada');
  });

  it('passes environ and startResponse on to any application that is returned', async () => {
    const other: GatewayApp = (environ, startResponse) => {
      startResponse('299 Other', []);
      return [new TextEncoder().encode(environ.PATH_INFO)];
    };
    expect(await serve(Request.application(() => other))).toMatchObject({
      status: '299 Other',
      text: '/',
    });
  });

  it('marks what it returns as an application, and returns an application as it is', () => {
    const app = Request.application(() => new Response());
    expect(GATEWAY_APP in app).toBe(true);
    expect(Request.application(app as never)).toBe(app);
  });
});

describe('errors of a handler', () => {
  it('turns an HTTP exception that is thrown into its response', async () => {
    const app = Request.application(() => {
      throw new NotFound('No such page.');
    });
    const { status, text } = await serve(app);
    expect(status).toBe('404 Not Found');
    expect(text).toContain('No such page.');
  });

  it('turns an HTTP exception that is rejected with into its response', async () => {
    const app = Request.application(async () => {
      throw new NotFound();
    });
    expect((await serve(app)).status).toBe('404 Not Found');
  });

  it('answers with the response that an exception carries', async () => {
    const app = Request.application(() => {
      throw new NotFound(undefined, { response: new Response('mine', { status: 404 }) });
    });
    expect((await serve(app)).text).toBe('mine');
  });

  it('lets every other error through, at once or as a rejection', async () => {
    const error = new Error('boom');
    const thrower = Request.application(() => {
      throw error;
    });
    const rejecter = Request.application(async () => {
      throw error;
    });
    expect(() => thrower(testEnviron(), start)).toThrow(error);
    await expect(rejecter(testEnviron(), start)).rejects.toBe(error);
  });

  it('says what was returned in place of an application, and what to do', async () => {
    const returning = (value: unknown) => Request.application((() => value) as never);
    const fails = (value: unknown) => () => returning(value)(testEnviron(), start);
    expect(fails(undefined)).toThrow(HandlerResultError);
    expect(fails(undefined)).toThrow(/returned undefined\. Return a Response/);
    expect(fails('text')).toThrow(/returned a string\. Return new Response\(text\)/);
    expect(fails({ a: 1 })).toThrow(/returned a plain object.*Response\.json/);
    expect(fails(new globalThis.Response())).toThrow(/platform's Response/);
    const later = returning(Promise.resolve(7));
    await expect(later(testEnviron(), start)).rejects.toThrow(/returned a number/);
  });

  it('names the handler in that error', () => {
    const app = Request.application(function showPage() {} as never);
    expect(() => app(testEnviron(), start)).toThrow(/The handler showPage\(\) returned undefined/);
  });
});

describe('Request.application as a decorator', () => {
  class Shop {
    readonly #name = 'shop';
    static readonly title = 'Shop';

    @UserRequest.application
    show(request: UserRequest) {
      return new Response(`${this.#name} of ${request.user}`);
    }

    @Request.application
    async missing(_request: Request): Promise<Response> {
      throw new NotFound(this.#name);
    }

    @Request.application
    static about(_request: Request) {
      // biome-ignore lint/complexity/noThisInStatic: whether it is kept is the question.
      return new Response(this.title);
    }
  }

  it('makes a method an application that keeps its this', async () => {
    const { show, missing } = new Shop() as unknown as Record<string, GatewayApp>;
    expect((await serve(show!, { query: 'user=ada' })).text).toBe('shop of ada');
    expect((await serve(missing!)).status).toBe('404 Not Found');
  });

  it('is undone for the type checker by calling application again', async () => {
    const app = Request.application(new Shop().missing);
    expect((await serve(app)).text).toContain('shop');
  });

  it('works for static methods', async () => {
    expect((await serve(Request.application(Shop.about))).text).toBe('Shop');
  });

  it('leaves the method of a subclass in its place', async () => {
    class Other extends Shop {
      @UserRequest.application
      override show(_request: UserRequest) {
        return new Response('other');
      }
    }
    class Plain extends Shop {
      override show(_request: UserRequest) {
        return new Response('plain');
      }
    }
    expect((await serve(UserRequest.application(new Other().show))).text).toBe('other');
    expect((await serve(UserRequest.application(new Plain().show))).text).toBe('plain');
  });
});
