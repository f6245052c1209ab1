import type { Body, Environ, HeaderList, StartResponse } from '@werkstatt/core';
import { Request, Response } from '@werkstatt/wrappers';
import { BODY, byName, type Classes, held, type Read } from '../contender.ts';

/** What our server takes of a response. */
export interface Handed {
  readonly status: string;
  readonly headers: HeaderList;
  readonly body: Body;
}

/** Our own: `Request.application()`, as an application uses it. */
export const classes: Classes<Environ, Handed> = {
  hello: asServer(hello),
  read: (read) =>
    asServer((request) => {
      readAll(request, read);
      return hello(request);
    }),
  show: async ({ status, headers, body }) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return {
      status: Number(status.slice(0, 3)),
      headers: byName(headers),
      body: Buffer.concat(chunks).toString(),
    };
  },
};

function hello(request: Request): Response {
  const response = new Response(BODY);
  held.request = request;
  held.response = response;
  return response;
}

function asServer(handler: (request: Request) => Response): (environ: Environ) => Handed {
  const app = Request.application(handler);
  let status = '';
  let headers: HeaderList = [];
  const startResponse: StartResponse = (givenStatus, givenHeaders) => {
    status = givenStatus;
    headers = givenHeaders;
    return () => {};
  };
  return (environ) => {
    const body = app(environ, startResponse) as Body;
    return { status, headers, body };
  };
}

function readAll({ headers, args, cookies }: Request, read: Read): void {
  read.userAgent = headers.get('user-agent');
  read.acceptLanguage = headers.get('accept-language');
  read.referer = headers.get('referer');
  read.q = args.get('q');
  read.page = args.get('page');
  read.session = cookies.get('session');
}
