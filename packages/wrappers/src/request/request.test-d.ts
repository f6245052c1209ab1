import {
  type Authorization,
  type CombinedMultiDict,
  type FileMultiDict,
  type GatewayApp,
  type ImmutableMultiDict,
  type InputStream,
  UserAgent,
} from '@werkstatt/core';
import { expectTypeOf } from 'vitest';
import { FormDataParser } from '../forms/form-data-parser.ts';
import type { FormPart } from '../forms/form-part.ts';
import { Response } from '../response/response.ts';
import { Request } from './request.ts';

class MyRequest extends Request {
  static override maxContentLength = 1024;
  static override trustedHosts = ['example.com'];
  user = 'ada';

  get tenant(): string | undefined {
    return this.headers.get('X-Tenant');
  }
}

// A handler gets requests of the class, with what that adds.
expectTypeOf(
  MyRequest.application((request) => {
    expectTypeOf(request).toEqualTypeOf<MyRequest>();
    return new Response(`${request.user} ${request.tenant}`);
  }),
).toEqualTypeOf<GatewayApp>();
// @ts-expect-error Request has no user
Request.application((request) => new Response(request.user));

// Static methods make instances of the class they are called on.
expectTypeOf(MyRequest.fromFetch(new globalThis.Request('http://h/'))).toEqualTypeOf<MyRequest>();
expectTypeOf(MyRequest.fromValues({ json: 1 })).toEqualTypeOf<MyRequest>();
expectTypeOf(Request.fromValues()).toEqualTypeOf<Request>();

// What the head says.
const request = Request.fromValues();
expectTypeOf(request.args).toEqualTypeOf<ImmutableMultiDict>();
expectTypeOf(request.args.get('page', 1, { type: Number })).toEqualTypeOf<number>();
expectTypeOf(request.server).toEqualTypeOf<readonly [name: string, port: number | undefined]>();
expectTypeOf(request.accessRoute).toEqualTypeOf<readonly string[]>();
expectTypeOf(request.authorization).toEqualTypeOf<Authorization | undefined>();
expectTypeOf(request.userAgent).toEqualTypeOf<UserAgent>();
expectTypeOf(request.ifModifiedSince).toEqualTypeOf<Date | undefined>();
expectTypeOf(request.secFetchMode).toExtend<string | undefined>();
expectTypeOf(request.signal).toEqualTypeOf<AbortSignal>();

// The body.
expectTypeOf(request.stream).toEqualTypeOf<InputStream>();
expectTypeOf(request.form()).resolves.toEqualTypeOf<ImmutableMultiDict>();
expectTypeOf(request.files()).resolves.toEqualTypeOf<FileMultiDict>();
expectTypeOf(request.values()).resolves.toEqualTypeOf<CombinedMultiDict>();
expectTypeOf(request.parts()).toEqualTypeOf<AsyncGenerator<FormPart, void, undefined>>();
expectTypeOf(request.getData()).resolves.toEqualTypeOf<Uint8Array>();
expectTypeOf(request.getData({ cache: false })).resolves.toEqualTypeOf<Uint8Array>();
expectTypeOf(request.getData({ asText: true })).resolves.toEqualTypeOf<string>();
expectTypeOf(request.json()).resolves.toEqualTypeOf<unknown>();
expectTypeOf(request.json<number[]>()).resolves.toEqualTypeOf<number[]>();
expectTypeOf(request.json<number[]>({ silent: true })).resolves.toEqualTypeOf<number[] | null>();
expectTypeOf(request.toFetch()).toEqualTypeOf<globalThis.Request>();
expectTypeOf(request.close()).toEqualTypeOf<void | Promise<void>>();
expectTypeOf(request).toExtend<AsyncDisposable>();

// Limits and hooks.
request.maxFormParts = 10;
request.trustedHosts = undefined;
class Phone extends UserAgent {}
class HookedRequest extends Request {
  static override userAgentClass = Phone;
  static override formDataParserClass = FormDataParser;
  override get wantFormDataParsed(): boolean {
    return super.wantFormDataParsed && this.method === 'POST';
  }
  override onJsonLoadingFailed(error: unknown): unknown {
    return error;
  }
}
expectTypeOf(new HookedRequest(request.environ, { shallow: true }).shallow).toBeBoolean();

// @ts-expect-error read-only
request.method = 'POST';
// @ts-expect-error a limit is a number
request.maxFormParts = '10';
// @ts-expect-error a list of hosts
request.trustedHosts = 'example.com';
// @ts-expect-error a mistyped option
request.json({ slient: true });
// @ts-expect-error a request is made of an environ
new Request();
// @ts-expect-error fields are read only
request.headers = new Headers();
