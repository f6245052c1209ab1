import type { IncomingMessage, ServerResponse } from 'node:http';
import { BODY, byName, type Classes, held, TYPE } from '../contender.ts';
import { type FetchClasses, type RequestLike, readAll, urlOf } from './fetch-classes.ts';

// By names that the type checker can't follow: the declarations of both bring the browser's types.
const { Request, Response, URL }: FetchClasses & { URL: typeof globalThis.URL } = await import(
  ['@whatwg-node', 'fetch'].join('/')
);
const { sendNodeResponse }: { sendNodeResponse: SendNodeResponse } = await import(
  ['@whatwg-node', 'server'].join('/')
);

type SendNodeResponse = (
  response: object,
  sink: ServerResponse,
  message: IncomingMessage,
  singleWriteHead: boolean,
) => unknown;

/** What stands in for the `ServerResponse`: it keeps what it is given. */
class Sink {
  status = 0;
  headers: Iterable<[string, string]> = [];
  body: unknown;

  setHeaders(headers: Iterable<[string, string]>): void {
    this.headers = [...headers];
  }

  writeHead(status: number): void {
    this.status = status;
  }

  write(body: unknown): boolean {
    this.body = body;
    return true;
  }

  end(): void {}
}

/** The classes of whatwg-node, and its way to hand a response to Node; the body stays text. */
export const classes: Classes<IncomingMessage, Sink> = {
  hello: (message) => {
    return respond(makeRequest(message), message);
  },
  read: (read) => (message) => {
    const request = makeRequest(message);
    readAll(request, new URL(request.url).searchParams, read);
    return respond(request, message);
  },
  show: ({ status, headers, body }) => ({ status, headers: byName(headers), body: String(body) }),
};

function makeRequest(message: IncomingMessage): RequestLike {
  return new Request(urlOf(message), {
    method: message.method!,
    headers: message.headers as Record<string, string>,
  });
}

function respond(request: RequestLike, message: IncomingMessage): Sink {
  const response = new Response(BODY, { headers: { 'content-type': TYPE } });
  held.request = request;
  held.response = response;
  const sink = new Sink();
  sendNodeResponse(response, sink as unknown as ServerResponse, message, false);
  return sink;
}
