import { describe, expect, it } from 'vitest';
import { type RequestLine, ResponseParser } from './response-parser.ts';

const GET: RequestLine = { method: 'GET', version: '1.1' };
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

function parse(octets: string, { request = GET, ended = false } = {}): ResponseParser {
  const parser = new ResponseParser([request]);
  parser.push(Buffer.from(octets, 'latin1'));
  if (ended) parser.end();
  return parser;
}

/** What the parser says of octets that must not pass; the same however they are cut. */
function complaint(octets: string, request: RequestLine = GET): string | null {
  const whole = parse(octets, { request });
  const cut = new ResponseParser([request]);
  for (const octet of Buffer.from(octets, 'latin1')) cut.push(Buffer.of(octet));
  expect(cut.malformed).toBe(whole.malformed);
  return whole.malformed;
}

describe('ResponseParser', () => {
  it('reads a response whose content has a length', () => {
    const { responses, rest, malformed } = parse(OK);
    expect(malformed).toBeNull();
    expect(rest).toHaveLength(0);
    expect(responses).toMatchObject([
      { version: '1.1', status: 200, reason: 'OK', framing: 'length', body: Buffer.from('ok') },
    ]);
  });

  it('reads responses that come octet by octet', () => {
    const parser = new ResponseParser([GET]);
    for (const octet of Buffer.from(OK + OK)) parser.push(Buffer.of(octet));
    expect(parser.responses.map(({ body }) => body.toString())).toEqual(['ok', 'ok']);
  });

  it('reads chunks with extensions, and their trailer section', () => {
    const [response] = parse(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\no\r\n1\r\nk\r\n0\r\nX: 1\r\n\r\n',
    ).responses;
    expect(response).toMatchObject({
      framing: 'chunked',
      body: Buffer.from('ok'),
      trailers: [['x', '1']],
    });
  });

  it('takes the end of the connection as the end of content without framing', () => {
    const octets = 'HTTP/1.1 200 OK\r\n\r\nok';
    expect(parse(octets).responses).toEqual([]);
    expect(parse(octets, { ended: true }).responses).toMatchObject([
      { framing: 'close', body: Buffer.from('ok') },
    ]);
  });

  it('keeps what is incomplete as the rest', () => {
    const cut = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok';
    const parser = parse(OK + cut, { ended: true });
    expect(parser.responses).toHaveLength(1);
    expect(parser.rest.toString()).toBe(cut);
  });

  it('keeps chunked content without its last chunk as the rest', () => {
    const cut = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n';
    const parser = parse(cut, { ended: true });
    expect(parser.responses).toEqual([]);
    expect(parser.rest.toString()).toBe(cut);
  });

  it('gives interim responses to the final one after them', () => {
    const parser = parse(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n`,
    );
    expect(parser.interim.map(({ status }) => status)).toEqual([100, 103]);
    parser.push(Buffer.from(OK));
    expect(parser.interim).toEqual([]);
    expect(parser.responses[0]?.informational.map(({ status }) => status)).toEqual([100, 103]);
  });

  it('expects no content for HEAD, 204 and 304', () => {
    const head = { method: 'HEAD', version: '1.1' };
    expect(parse(OK.slice(0, -2), { request: head }).responses).toHaveLength(1);
    expect(parse('HTTP/1.1 204 No Content\r\n\r\n').responses).toHaveLength(1);
    expect(parse('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n').rest).toHaveLength(0);
  });

  it('reads the responses to several requests, each by its own method', () => {
    const parser = new ResponseParser([{ method: 'HEAD', version: '1.1' }, GET]);
    parser.push(Buffer.from(OK.slice(0, -2) + OK));
    expect(parser.responses.map(({ framing }) => framing)).toEqual(['none', 'length']);
  });

  it('takes octets after HEAD as the next response, which they are not', () => {
    expect(complaint(`${OK}\r\n`, { method: 'HEAD', version: '1.1' })).toContain(
      'status line "ok"',
    );
  });

  it('refuses lines that a bare LF ends', () => {
    expect(complaint('HTTP/1.1 200 OK\nContent-Length: 2\n\nok')).toContain('bare LF');
    expect(complaint('HTTP/1.1 200 OK\r\nX: 1\n\r\n')).toContain('bare LF');
  });

  it('refuses a bare CR', () => {
    expect(complaint('HTTP/1.1 200 OK\r\nX: 1\rY: 2\r\n\r\n')).toContain('bare CR');
  });

  it('refuses status lines that are not exact', () => {
    for (const line of ['HTTP/1.1 20 OK', 'HTTP/1.1 200', 'HTTP/2 200 OK', 'http/1.1 200 OK']) {
      expect(complaint(`${line}\r\n\r\n`)).toContain('status line');
    }
    expect(complaint('HTTP/1.1 200 O\0K\r\n\r\n')).toContain('status line');
  });

  it('refuses field names that are no tokens, and field lines without a colon', () => {
    expect(complaint('HTTP/1.1 200 OK\r\nX : 1\r\n')).toContain('not a token');
    expect(complaint('HTTP/1.1 200 OK\r\n: 1\r\n')).toContain('not a token');
    expect(complaint('HTTP/1.1 200 OK\r\n folded\r\n')).toContain('no colon');
  });

  it('refuses control characters in field values', () => {
    expect(complaint('HTTP/1.1 200 OK\r\nX: a\0b\r\n')).toContain('control character');
  });

  it('refuses two framings at once', () => {
    const framings = 'Content-Length: 2\r\nTransfer-Encoding: chunked';
    expect(complaint(`HTTP/1.1 200 OK\r\n${framings}\r\n\r\n`)).toContain('together');
  });

  it('refuses fields that come once but are given twice', () => {
    const twice = 'Content-Length: 2\r\nContent-Length: 2';
    expect(complaint(`HTTP/1.1 200 OK\r\n${twice}\r\n\r\nok`)).toContain('given 2 times');
    expect(complaint('HTTP/1.1 200 OK\r\nDate: a\r\nDate: a\r\n\r\n')).toContain('given 2 times');
  });

  it('refuses lengths that are no digits, and codings besides chunked', () => {
    expect(complaint('HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok')).toContain(
      'content-length',
    );
    expect(complaint('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n')).toContain(
      'transfer-encoding "gzip, chunked"',
    );
  });

  it('refuses chunks that are not exact', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(complaint(`${head}2\r\nok0\r\n\r\n`)).toContain('not followed by CRLF');
    expect(complaint(`${head}0x2\r\nok\r\n`)).toContain('chunk size line');
    expect(complaint(`${head}\r\n`)).toContain('chunk size line');
  });

  it('refuses what an HTTP/1.0 client cannot read', () => {
    const request = { method: 'GET', version: '1.0' };
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(complaint(chunked, request)).toContain('HTTP/1.0 client');
    expect(complaint(`HTTP/1.1 100 Continue\r\n\r\n${OK}`, request)).toContain('HTTP/1.0 client');
  });

  it('refuses framing fields in 1xx and 204', () => {
    expect(complaint('HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n')).toContain(
      '204: carries',
    );
    expect(complaint('HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n')).toContain(
      '100: carries',
    );
  });

  it('refuses a line that never ends', () => {
    const parser = parse('HTTP/1.1 200 OK\r\n');
    for (let i = 0; i < 17; i++) parser.push(Buffer.alloc(1 << 16, 'x'));
    expect(parser.malformed).toContain('line of more than');
  });
});
