import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayApp } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Client } from '../../test/client.ts';
import { bytes, get, post, requestText, serve } from '../../test/serve.ts';

/** What a server made of one connection: what it told of each request, or the refusal's status. */
type Verdict = (string | number)[];

const telling: GatewayApp = async (environ, startResponse) => {
  const body = Buffer.from(await environ['gateway.input'].read()).toString('latin1');
  startResponse('200 OK', [['Content-Type', 'application/json']]);
  return [bytes(JSON.stringify([environ.REQUEST_METHOD, environ.REQUEST_URI, body]))];
};

async function nodeServer(): Promise<number> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      response.end(JSON.stringify([request.method, request.url, body]));
    });
  });
  // As here: who ends its side still gets its answers.
  (server as unknown as { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Bad white space around a chunk extension: a recipient must read past it (RFC 9112 section 7.1.1), node refuses it. */
const BLANK_IN_EXTENSION = /^[0-9A-Fa-f]+(?:[ \t]+;|;[^\r\n]*[ \t])/m;

/** Sends octets and the end; reads what is answered. Ours refuses with a reason in its body. */
async function judge(port: number, text: string): Promise<{ verdict: Verdict; reason: string }> {
  const client = new Client({ port, host: '127.0.0.1' }).send(text).end();
  const verdict: Verdict = [];
  let reason = '';
  for (;;) {
    const response = await client.response().catch(() => null);
    if (response === null) break;
    if (response.status >= 400) reason = response.body;
    verdict.push(response.status === 200 ? response.body : response.status);
  }
  client.socket.destroy();
  return { verdict, reason };
}

/** The shortest beginning of `text` of which the server takes so many requests. */
async function shortestTaken(port: number, text: string, count: number): Promise<string> {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { verdict } = await judge(port, text.slice(0, middle));
    const taken = verdict.filter((each) => typeof each === 'string').length;
    if (taken >= count) high = middle;
    else low = middle + 1;
  }
  return text.slice(0, low);
}

const chunked = requestText('POST', '/c', 'Transfer-Encoding: chunked');

const SAME: Record<string, string> = {
  plain: get(),
  'pipelined GET and POST': get('/1') + post('two', '/2') + get('/3'),
  'chunked with extension and trailer': `${chunked}3;a=b\r\nabc\r\n0\r\nX-T: 1\r\n\r\n${get('/next')}`,
  'empty lines before': `\r\n\r\n${get()}`,
  'no Host': 'GET / HTTP/1.1\r\n\r\n',
  'HTTP/1.0 without Host': 'GET / HTTP/1.0\r\n\r\n',
  'space before the colon': get('/', 'X-A : 1'),
  'no colon': get('/', 'X-A'),
  'empty name': get('/', ': 1'),
  'space in a name': get('/', 'X A: 1'),
  'NUL in a value': get('/', 'X-A: \0'),
  'control in a name': get('/', 'X\x01: 1'),
  'both framings': `${requestText('POST', '/', 'Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  'two lengths': `${requestText('POST', '/', 'Content-Length: 3', 'Content-Length: 4')}abcd`,
  'a signed length': `${requestText('POST', '/', 'Content-Length: +3')}abc`,
  'an empty length': requestText('POST', '/', 'Content-Length:'),
  'a length of words': requestText('POST', '/', 'Content-Length: three'),
  'a broken chunk size': `${chunked}xyz\r\n`,
  'a chunk longer than its size': `${chunked}3\r\nabcd\r\n0\r\n\r\n`,
  'bare LF behind a chunk': `${chunked}3\r\nabc\n0\r\n\r\n`,
  'chunked not last': requestText('POST', '/', 'Transfer-Encoding: chunked, identity'),
  'a strange version': 'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
  'another protocol': 'GET / HTTQ/1.1\r\nHost: a\r\n\r\n',
  nonsense: 'nonsense\r\n\r\n',
  'a folded field': get('/', 'X-A: 1', ' folded'),
};

/**
 * What node:http takes and this server does not, by what its refusal says. The other way round
 * there are only methods that node:http does not know.
 */
const STRICTER: Record<string, string> = {
  'does not begin with a method':
    'RFC 9112 3: methods are tokens in octets of any kind, and lines end with CRLF',
  'request target': 'RFC 9112 3.2: a target has one of four forms, and no octet that a URI has not',
  'does not end with a space, a version':
    'RFC 9112 3: exactly one space, HTTP/1.x and CRLF; HTTP/0.9 is no more',
  'token and a colon': 'RFC 9112 5.1: names are tokens; a bare CR or LF ends no line',
  'control character': 'RFC 9110 5.5: obs-text is taken, controls are not',
  'is folded': 'RFC 9112 5.2: a server refuses obs-fold or replaces it',
  'more than one Host': 'RFC 9112 3.2: a server MUST answer 400',
  'not a host': 'RFC 9112 3.2: a server MUST answer 400 to an invalid Host',
  'one decimal number': 'RFC 9112 6.3: a list of equal lengths may be refused',
  'Transfer-Encoding is not': 'RFC 9112 6.1: in HTTP/1.0 the framing is faulty',
  chunked: 'RFC 9112 6.1: 501 for codings that are not understood',
  'chunk of the body': 'RFC 9112 7.1: sizes are digits, extensions are tokens',
  'only expectation': 'RFC 9110 10.1.1: 417 for an unknown expectation',
  CONNECT: 'RFC 9110 9.3.6: this server is no proxy',
  'HTTP/1.1 and HTTP/1.0': 'RFC 9110 15.6.6: 505 for another major version',
  larger: 'limits',
};

describe('beside node:http', () => {
  it.each(Object.keys(SAME))('the verdict is the same on: %s', async (name) => {
    const [{ port }, nodePort] = [await serve(telling), await nodeServer()];
    const ours = await judge(port, SAME[name]!);
    const theirs = await judge(nodePort, SAME[name]!);
    const coarse = ({ verdict }: typeof ours) =>
      verdict.map((each) => (typeof each === 'number' ? 'refused' : each));
    expect(coarse(ours)).toEqual(coarse(theirs));
  });

  it('nothing is taken that node:http refuses or reads otherwise; what is refused has a reason', async () => {
    const [{ port }, nodePort] = [await serve(telling), await nodeServer()];
    const valid = Object.values(SAME);
    const broken = fc
      .tuple(
        fc.constantFrom(...valid),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.nat(2),
            fc.constantFrom(
              '',
              '\r',
              '\n',
              '\r\n',
              ' ',
              '\t',
              '\0',
              ':',
              ',',
              '0',
              ';',
              '\x7f',
              '\xff',
              '#',
              '"',
              'chunked',
              'X: 1\r\n',
            ),
          ),
          { minLength: 1, maxLength: 2 },
        ),
      )
      .map(([text, edits]) =>
        edits.reduce((edited, [at, removed, inserted]) => {
          const place = at % (edited.length + 1);
          return edited.slice(0, place) + inserted + edited.slice(place + removed);
        }, text),
      );
    const known = Object.keys(STRICTER);
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        fc.pre(!BLANK_IN_EXTENSION.test(text));
        const [ours, theirs] = await Promise.all([judge(port, text), judge(nodePort, text)]);
        const taken = ours.verdict.filter((each) => typeof each === 'string');
        fc.pre(taken.every((each) => http.METHODS.includes(JSON.parse(each)[0])));
        if (
          theirs.verdict.length > taken.length &&
          typeof theirs.verdict[taken.length] === 'string'
        ) {
          expect(
            known.some((part) => ours.reason.includes(part)),
            ours.reason,
          ).toBe(true);
        }
        const same = taken.every((each, i) => each === theirs.verdict[i]);
        if (same) return;
        // A later fault makes node:http forget the answers before it: ask without what is behind.
        const prefix = await shortestTaken(port, text, taken.length);
        expect((await judge(nodePort, prefix)).verdict).toEqual(taken);
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
