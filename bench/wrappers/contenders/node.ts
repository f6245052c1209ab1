import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { parseCookie } from 'cookie';
import { BODY, byName, type Classes, held, type Read, TYPE } from '../contender.ts';

/** Node's own: the message as its server makes it, and a `ServerResponse` that writes the head. */
export const classes: Classes<IncomingMessage, ServerResponse> = {
  hello,
  read: (read) => (message) => {
    readAll(message, read);
    return hello(message);
  },
  show: (response) => {
    const chunks: Buffer[] = [];
    const socket = new Writable({
      write: (chunk, _encoding, written) => {
        chunks.push(chunk);
        written();
      },
    });
    response.assignSocket(socket as Socket);
    const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
    const [statusLine = '', ...lines] = head.split('\r\n');
    const fields = lines.map((line) => line.split(': ') as [string, string]);
    const headers = byName(fields.filter(([name]) => name.startsWith('Content-')));
    return { status: Number(statusLine.split(' ')[1]), headers, body };
  },
};

function hello(message: IncomingMessage): ServerResponse {
  const response = new ServerResponse(message);
  response.writeHead(200, { 'Content-Type': TYPE, 'Content-Length': BODY.length });
  response.end(BODY);
  held.request = message;
  held.response = response;
  return response;
}

function readAll({ headers, url = '' }: IncomingMessage, read: Read): void {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  read.userAgent = headers['user-agent'];
  read.acceptLanguage = headers['accept-language'];
  read.referer = headers.referer;
  read.q = query.get('q');
  read.page = query.get('page');
  read.session = parseCookie(headers.cookie ?? '').session;
}
