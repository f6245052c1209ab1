import type { GatewayApp } from '@werkstatt/core';
import { expectTypeOf } from 'vitest';
import { Request } from './request/request.ts';
import { redirect } from './response/redirect.ts';
import { Response } from './response/response.ts';

class UserRequest extends Request {
  readonly user: string = 'ada';
}
class PageResponse extends Response {
  readonly page: number = 1;
}

// What is an application.
expectTypeOf(new Response()).toExtend<GatewayApp>();
expectTypeOf(new PageResponse()).toExtend<GatewayApp>();
expectTypeOf(Request.application(() => new Response())).toEqualTypeOf<GatewayApp>();

// A handler gets requests of the class that `application` is called on.
UserRequest.application((request) => {
  expectTypeOf(request).toEqualTypeOf<UserRequest>();
  return new Response(request.user);
});
UserRequest.application(async (request: Request) => new Response(request.path));

// @ts-expect-error a text is no application
Request.application(() => 'text');
// @ts-expect-error nothing is returned
Request.application(() => {});
// @ts-expect-error nothing is returned on one path
Request.application((request) => {
  if (request.isSecure) return new Response();
});
// @ts-expect-error the platform's Response is no application
Request.application(() => new globalThis.Response());
// @ts-expect-error Request makes no UserRequest
Request.application((request: UserRequest) => new Response(request.user));
// @ts-expect-error a handler gets the request alone
Request.application((_request: Request, _other: string) => new Response());

class Shop {
  readonly name = 'shop';

  @UserRequest.application
  show(request: UserRequest) {
    expectTypeOf(this.name).toBeString();
    return new Response(request.user);
  }

  @UserRequest.application
  async later(_request: Request) {
    return redirect('/');
  }

  // @ts-expect-error a text is no application
  @Request.application
  text(_request: Request) {
    return 'text';
  }

  // @ts-expect-error Request makes no UserRequest
  @Request.application
  wrong(request: UserRequest) {
    return new Response(request.user);
  }
}
expectTypeOf(UserRequest.application(new Shop().show)).toEqualTypeOf<GatewayApp>();

// Bodies.
new Response('text');
new Response(new Uint8Array(1));
new Response(new ArrayBuffer(1));
new Response(['a', new Uint8Array(1)]);
new Response(new ReadableStream<Uint8Array>());
new Response(null, { status: '201 Made', headers: { 'X-A': ['1', '2'] } });
// @ts-expect-error a number is no body
new Response(1);
// @ts-expect-error a promise is no body
new Response(Promise.resolve('text'));
// @ts-expect-error an object is no body
new Response({ a: 1 });
// @ts-expect-error chunks are text or bytes
new Response([1, 2]);

// Static methods make instances of the class they are called on.
expectTypeOf(PageResponse.json({})).toExtend<PageResponse>();
expectTypeOf(redirect('/', 303, PageResponse)).toEqualTypeOf<PageResponse>();

// A status is read as text and set as either.
const response = new Response();
response.status = 404;
expectTypeOf(response.status).toEqualTypeOf<string>();
