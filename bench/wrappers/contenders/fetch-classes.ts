import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import { BODY, byName, type Classes, held, type Read, TYPE } from '../contender.ts';

/** What a server is given of a platform's response. */
export interface Handed {
  readonly status: number;
  readonly headers: [name: string, value: string][];
  readonly body: Uint8Array;
}

/** As much of `fetch`'s classes as is used here. */
export interface FetchClasses {
  readonly Request: new (url: string, init: RequestInit) => RequestLike;
  readonly Response: new (body: string, init: ResponseInit) => ResponseLike;
}

interface RequestInit {
  method?: string;
  headers: Record<string, string>;
}

interface ResponseInit {
  headers: Record<string, string>;
}

/** A request in the way of `fetch`. */
export interface RequestLike {
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

interface ResponseLike {
  readonly status: number;
  readonly headers: Iterable<[name: string, value: string]>;
  bytes(): Promise<Uint8Array>;
}

/** Classes in the way of `fetch`, put around Node's messages as adapters do. */
export function fetchClasses(fetch: FetchClasses): Classes<IncomingMessage, Handed> {
  const { Request, Response } = fetch;
  const answer = async (message: IncomingMessage, read?: Read): Promise<Handed> => {
    const request = new Request(urlOf(message), {
      method: message.method!,
      headers: message.headers as Record<string, string>,
    });
    if (read) readAll(request, new URL(request.url).searchParams, read);
    const response = new Response(BODY, { headers: { 'content-type': TYPE } });
    held.request = request;
    held.response = response;
    const body = await response.bytes();
    const headers = [...response.headers];
    headers.push(['content-length', String(body.length)]);
    return { status: response.status, headers, body };
  };
  return {
    hello: (message) => answer(message),
    read: (read) => (message) => answer(message, read),
    show: ({ status, headers, body }) => ({
      status,
      headers: byName(headers),
      body: Buffer.from(body).toString(),
    }),
  };
}

/** The whole URL of a message. */
export function urlOf(message: IncomingMessage): string {
  return `http://${message.headers.host}${message.url}`;
}

/** Reads what the workload wants, in the way of `fetch`. */
export function readAll(request: RequestLike, query: URLSearchParams, read: Read): void {
  const { headers } = request;
  read.userAgent = headers.get('user-agent');
  read.acceptLanguage = headers.get('accept-language');
  read.referer = headers.get('referer');
  read.q = query.get('q');
  read.page = query.get('page');
  read.session = parseCookie(headers.get('cookie') ?? '').session;
}
