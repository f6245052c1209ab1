import type { Environ, HeaderField } from '@werkstatt/core';
import { BODY, byName, type Classes, held, type Read, TYPE } from '../contender.ts';

/**
 * The minimum, written by hand for these two workloads: nothing is checked, nothing is kept, and
 * cookies and queries are searched for the one name that is asked for.
 */
export const classes: Classes<Environ, Response> = {
  hello: (environ) => hello(new Request(environ)),
  read: (read) => (environ) => {
    const request = new Request(environ);
    readAll(request, read);
    return hello(request);
  },
  show: ({ status, headers, body }) => ({
    status: Number(status.slice(0, 3)),
    headers: byName(headers),
    body: Buffer.from(body).toString(),
  }),
};

class Request {
  readonly environ: Environ;

  constructor(environ: Environ) {
    this.environ = environ;
  }

  arg(name: string): string | undefined {
    const found = find(this.environ.QUERY_STRING, name, '&', 1);
    return found === undefined ? undefined : decodeURIComponent(found.replaceAll('+', ' '));
  }

  cookie(name: string): string | undefined {
    return find(this.environ.HTTP_COOKIE ?? '', name, ';', 2);
  }
}

class Response {
  readonly status = '200 OK';
  readonly headers: HeaderField[];
  readonly body: Uint8Array;

  constructor(text: string) {
    this.body = Buffer.from(text);
    this.headers = [
      ['Content-Type', TYPE],
      ['Content-Length', String(this.body.length)],
    ];
  }
}

function hello(request: Request): Response {
  const response = new Response(BODY);
  held.request = request;
  held.response = response;
  return response;
}

function readAll(request: Request, read: Read): void {
  const { environ } = request;
  read.userAgent = environ.HTTP_USER_AGENT;
  read.acceptLanguage = environ.HTTP_ACCEPT_LANGUAGE;
  read.referer = environ.HTTP_REFERER;
  read.q = request.arg('q');
  read.page = request.arg('page');
  read.session = request.cookie('session');
}

/** The value of the first pair of that name in a text of pairs. */
function find(text: string, name: string, separator: string, step: number): string | undefined {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf(separator, start);
    const end = next < 0 ? text.length : next;
    if (text.startsWith(name, start) && text[start + name.length] === '=') {
      return text.slice(start + name.length + 1, end);
    }
    start = end + step;
  }
  return undefined;
}
