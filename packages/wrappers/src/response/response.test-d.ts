import type {
  COEP,
  ContentDisposition,
  Environ,
  GatewayApp,
  HeaderSet,
  Link,
  ResponseCacheControl,
  Vary,
  WWWAuthenticate,
} from '@werkstatt/core';
import { expectTypeOf } from 'vitest';
import { Request } from '../request/request.ts';
import type { Jsonified } from './jsonified.ts';
import { Response } from './response.ts';

interface User {
  readonly name: string;
  role: 'admin' | 'guest';
  tags?: string[];
}
class Page<T = unknown> extends Response<T> {
  readonly title: string = 'page';
}
declare const user: User;
declare const environ: Environ;
declare const app: GatewayApp;

// A response keeps the type of its JSON.
expectTypeOf(Response.json({ a: 1 })).toEqualTypeOf<Response<{ a: number }>>();
expectTypeOf((await Response.json({ a: 1 }).json()).a).toBeNumber();
expectTypeOf(Response.json(user).json()).resolves.toEqualTypeOf<Jsonified<User>>();
expectTypeOf(Response.json(user).getJson()).resolves.toEqualTypeOf<Jsonified<User> | null>();
expectTypeOf(new Response().json()).resolves.toBeUnknown();
expectTypeOf<Response<User>>().toExtend<Response>();
expectTypeOf<Response>().not.toExtend<Response<User>>();

// A handler that is to give a type gives no other.
(): Response<User> => Response.json(user);
(): Response<User> => Response.json({ name: 'ada', role: 'admin' });
async (): Promise<Response<User>> => Response.json({ name: 'ada', role: 'guest', tags: ['a'] });
// @ts-expect-error the role is missing
(): Response<User> => Response.json({ name: 'ada' });
// @ts-expect-error no role has this name
(): Response<User> => Response.json({ name: 'ada', role: 'king' });
// @ts-expect-error text is no user
(): Response<User> => Response.text('ada');
Request.application((): Response<User> => Response.json(user));

// A subclass keeps its own type as well.
expectTypeOf(Page.json({ a: 1 })).toExtend<Page>();
expectTypeOf(Page.json({ a: 1 })).toExtend<Response<{ a: number }>>();
expectTypeOf((await Page.json({ a: 1 }).json()).a).toBeNumber();
expectTypeOf(Page.json({ a: 1 }).title).toBeString();
expectTypeOf(Page.html('<p>')).toEqualTypeOf<Page>();
expectTypeOf(Page.text('a')).toEqualTypeOf<Page>();
expectTypeOf(Page.fromApp(app, environ)).resolves.toEqualTypeOf<Page>();
expectTypeOf(new Page<User>().withHeaders({ 'X-A': '1' })).toEqualTypeOf<Page<User>>();
expectTypeOf(new Page<User>().makeConditional(environ)).toEqualTypeOf<Page<User>>();

// What JSON makes of values.
expectTypeOf<Jsonified<Date>>().toEqualTypeOf<string>();
expectTypeOf<Jsonified<{ at: Date; f(): void; n: null }>>().toEqualTypeOf<{
  at: string;
  n: null;
}>();
expectTypeOf<Jsonified<[1, undefined]>>().toEqualTypeOf<[1, null]>();
expectTypeOf<Jsonified<readonly Date[]>>().toEqualTypeOf<string[]>();
expectTypeOf<Jsonified<unknown>>().toBeUnknown();
expectTypeOf<Jsonified<User>>().toExtend<User>();

// Without an environ only responses can be forced to a class.
expectTypeOf(Page.forceType(new Response())).toEqualTypeOf<Page>();
expectTypeOf(Page.forceType(app, environ)).resolves.toEqualTypeOf<Page>();
// @ts-expect-error an application needs an environ
Page.forceType(app);

// Bodies.
const response = new Response('text');
expectTypeOf(response.getData()).toEqualTypeOf<Uint8Array>();
expectTypeOf(response.getData({ asText: true })).toBeString();
response.data = 'text';
response.data = new ArrayBuffer(1);
// @ts-expect-error a stream is no data
response.data = new Set(['a']);

// Fields are read as one type, and set to what can be written to them.
expectTypeOf(response.cacheControl).toEqualTypeOf<ResponseCacheControl>();
expectTypeOf(response.vary).toEqualTypeOf<Vary>();
expectTypeOf(response.allow).toEqualTypeOf<HeaderSet>();
expectTypeOf(response.link).toEqualTypeOf<readonly Link[]>();
expectTypeOf(response.expires).toEqualTypeOf<Date | undefined>();
expectTypeOf(response.contentDisposition).toEqualTypeOf<ContentDisposition | undefined>();
expectTypeOf(response.wwwAuthenticate).toEqualTypeOf<WWWAuthenticate | undefined>();
expectTypeOf(response.crossOriginEmbedderPolicy).toEqualTypeOf<COEP>();
response.vary = ['Cookie'];
response.vary = 'Cookie';
response.vary = null;
response.expires = 60;
response.contentSecurityPolicy = "default-src 'self'";
// @ts-expect-error no policy has this name
response.crossOriginEmbedderPolicy = 'none';
// @ts-expect-error a date is no number of milliseconds, but seconds, or a Date
response.expires = '1970';
// @ts-expect-error the parameters are changed, not set
response.mimetypeParams = new Map();
