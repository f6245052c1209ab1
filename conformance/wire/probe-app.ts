import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Body,
  type Environ,
  type GatewayApp,
  type HeaderList,
  reasonPhrase,
  type StartResponse,
} from '@werkstatt/core';
import type { Echo } from './echo.ts';

/**
 * The application that the wire cases talk to. Everything about the wire is the server's work: the
 * app knows nothing of the cases, of methods or of which statuses have content.
 */
export const app: GatewayApp = (environ, startResponse) => {
  const query = parseQuery(environ.QUERY_STRING);
  const number = (name: string): number => Number(query.get(name) ?? 0);
  const start = (headers: HeaderList): unknown =>
    startResponse('200 OK', [['Content-Type', 'text/plain'], ...headers]);

  switch (environ.PATH_INFO) {
    case '/length':
      return answer(startResponse, '200 OK', 'x'.repeat(number('n')));
    case '/stream':
      start([]);
      return pieces(number('n'), number('ms'));
    case '/status':
      return answerStatus(startResponse, query);
    case '/set-header':
      return answerUnlessRefused(startResponse, 'set\n', [
        [query.get('name') ?? '', query.get('value') ?? ''],
      ]);
    case '/cookies':
      return answer(startResponse, '200 OK', 'cookies\n', [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]);
    case '/close':
      return answerUnlessRefused(startResponse, 'close\n', [['Connection', 'close']]);
    case '/throw':
      throw new Error('the probe app was asked to throw before it sent anything');
    case '/throw-late':
      start([]);
      return pieceThenError();
    case '/throw-late-length':
      start([['Content-Length', '1000']]);
      return pieceThenError();
    case '/short-length':
      start([['Content-Length', '100']]);
      return once('x'.repeat(10));
    case '/long-length':
      start([['Content-Length', '10']]);
      return once('x'.repeat(100));
    case '/slow':
      return sleep(number('ms')).then(() => answer(startResponse, '200 OK', 'slow\n'));
    case '/ignore-body':
      return answer(startResponse, '200 OK', 'ignored\n');
    case '/informational':
      environ['gateway.early_hints']?.([['Link', '</a.css>; rel=preload']]);
      return answer(startResponse, '200 OK', 'final\n');
    default:
      return echo(environ, startResponse);
  }
};

/** Tells what the application got: the request as the interface shows it, its body as a digest. */
async function echo(environ: Environ, startResponse: StartResponse): Promise<Body> {
  const digest = createHash('sha256');
  let bodyLength = 0;
  try {
    for await (const chunk of environ['gateway.input']) {
      digest.update(chunk);
      bodyLength += chunk.length;
    }
  } catch {
    return answer(startResponse, '400 Bad Request', 'body\n');
  }
  const seen: Echo = {
    method: environ.REQUEST_METHOD,
    target: environ.REQUEST_URI,
    path: environ.PATH_INFO,
    query: environ.QUERY_STRING,
    version: environ.SERVER_PROTOCOL.replace('HTTP/', ''),
    headers: environ['gateway.raw_headers']().map(([name, value]) => [name.toLowerCase(), value]),
    bodyLength,
    bodySha256: digest.digest('hex'),
  };
  const body = Buffer.from(JSON.stringify(seen));
  startResponse('200 OK', [
    ['Content-Type', 'application/json'],
    ['Content-Length', `${body.length}`],
  ]);
  return [body];
}

function answer(
  startResponse: StartResponse,
  status: string,
  text: string,
  headers: HeaderList = [],
): Body {
  const body = Buffer.from(text);
  startResponse(status, [
    ['Content-Type', 'text/plain'],
    ['Content-Length', `${body.length}`],
    ...headers,
  ]);
  return [body];
}

/** 500 when the interface throws on the headers. */
function answerUnlessRefused(
  startResponse: StartResponse,
  text: string,
  headers: HeaderList,
): Body {
  try {
    return answer(startResponse, '200 OK', text, headers);
  } catch {
    return answer(startResponse, '500 Internal Server Error', 'refused\n');
  }
}

/** Any status, with content even where there can be none. */
function answerStatus(startResponse: StartResponse, query: ReadonlyMap<string, string>): Body {
  const code = Number(query.get('code') ?? 200);
  const reason = query.get('reason') ?? reasonPhrase(code);
  const validator: HeaderList = code === 304 ? [['ETag', '"probe"']] : [];
  try {
    startResponse(`${code} ${reason}`, [['Content-Type', 'text/plain'], ...validator]);
  } catch {
    return answer(startResponse, '500 Internal Server Error', 'refused\n');
  }
  return [Buffer.from(query.get('body') ?? '')];
}

async function* pieces(count: number, pause: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    yield Buffer.from(`chunk-${String(i).padStart(4, '0')}\n`);
    if (pause > 0) await sleep(pause);
  }
}

async function* pieceThenError(): AsyncGenerator<Uint8Array> {
  yield* pieces(1, 50); // by then the piece went out
  throw new Error('the probe app was asked to throw after its first piece');
}

/** A body whose length the server cannot know before it has seen all of it. */
function* once(text: string): Generator<Uint8Array> {
  yield Buffer.from(text);
}

/** The query's parameters, percent-decoded; one that cannot be is left out. */
function parseQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    try {
      parameters.set(pair.slice(0, equals), decodeURIComponent(pair.slice(equals + 1)));
    } catch {
      // not a parameter of ours
    }
  }
  return parameters;
}
