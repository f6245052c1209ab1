import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { FACTS } from '../../test/facts.ts';
import { bytes, get, requestText, serve, textApp } from '../../test/serve.ts';
import { ChunkedDecoder } from './chunked.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { COMPLETE, HeadParser } from './parse-head.ts';
import { readRawHeaders } from './raw-headers.ts';

// What is quadratic takes minutes for these; a second is generous for what is linear.
const GENEROUS = 1_000;

function within(milliseconds: number, work: () => void): void {
  const start = performance.now();
  work();
  expect(performance.now() - start).toBeLessThan(milliseconds);
}

describe('parsing is linear', () => {
  it('for a large head octet by octet: it is parsed only where a line ends', async () => {
    const parse = vi.spyOn(HeadParser.prototype, 'parse');
    const { connect } = await serve(textApp());
    const head = get(`/${'p'.repeat(8_000)}`, `X-Long: ${'x'.repeat(60_000)}`);
    const client = connect();
    for (let at = 0; at < head.length; at += 16) client.send(head.slice(at, at + 16));
    expect((await client.response()).status).toBe(200);
    expect(parse.mock.calls.length).toBeLessThan(12);
    parse.mockRestore();
  }, 60_000);

  it.each([
    ['a value of blanks', `X-A: ${' '.repeat(60_000)}`],
    ['blanks within a value', `X-A: a${' \t'.repeat(30_000)}b`],
    ['a list of commas', `Connection: ${','.repeat(60_000)}`],
    ['a transfer coding of blanks', `Transfer-Encoding: chunked${' '.repeat(60_000)},`],
    ['a length of zeros', `Content-Length: ${'0'.repeat(60_000)}x`],
    ['a long host', `Host: ${'a'.repeat(60_000)}:`],
    ['a host of escapes', `Host: ${'%41'.repeat(20_000)}%`],
  ])('for %s', (_what, field) => {
    const octets = Buffer.from(`GET / HTTP/1.1\r\n${field}\r\n\r\n`);
    within(GENEROUS, () => {
      for (let i = 0; i < 20; i++) {
        const parser = new HeadParser(DEFAULT_LIMITS, FACTS);
        parser.parse(octets, 0, octets.length);
        if (parser.phase === COMPLETE) readRawHeaders(parser.pieces);
        readRawHeaders([{ octets, start: 16, end: octets.length }]);
      }
    });
  });

  it.each([
    ['escapes', '%E2%82%AC'.repeat(1_700)],
    ['broken escapes', '%FF'.repeat(5_000)],
    ['escapes that end early', '%E2%82'.repeat(2_500)],
    ['percent signs', '%'.repeat(16_000)],
  ])('for a path of %s', (_what, path) => {
    const octets = Buffer.from(`GET /${path} HTTP/1.0\r\n\r\n`);
    within(GENEROUS, () => {
      for (let i = 0; i < 20; i++) {
        const parser = new HeadParser(DEFAULT_LIMITS, FACTS);
        parser.parse(octets, 0, octets.length);
        expect(parser.phase).toBe(COMPLETE);
      }
    });
  });

  it.each([
    ['blanks before a fault', `X:${' '.repeat(60_000)}\x01`],
    ['blanks within', `X: a${' '.repeat(60_000)}b`],
    ['blanks at the end', `X: a${' '.repeat(60_000)}`],
  ])('for a trailer with %s', (_what, line) => {
    const octets = Buffer.from(`0\r\n${line}\r\n\r\n`, 'latin1');
    within(GENEROUS, () => {
      for (let i = 0; i < 20; i++) {
        new ChunkedDecoder(DEFAULT_LIMITS).decode(octets, 0, octets.length, () => {});
      }
    });
  });

  it('for trailers that come octet by octet', () => {
    const octets = Buffer.from(`0\r\n${`X-A: ${'x'.repeat(600)}\r\n`.repeat(99)}\r\n`);
    within(GENEROUS, () => {
      const decoder = new ChunkedDecoder(DEFAULT_LIMITS);
      for (let at = 0; at < octets.length; at++) decoder.decode(octets, at, at + 1, () => {});
      expect(decoder.complete).toBe(true);
      expect(decoder.trailers).toHaveLength(99);
    });
  });

  it('for 100,000 tiny chunks over a socket, read whole and line by line', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      const input = environ['gateway.input'];
      let length = 0;
      if (environ.PATH_INFO === '/lines') {
        for (let line = await input.readLine(); line.length > 0; line = await input.readLine()) {
          length += line.length;
        }
      } else length = (await input.read()).length;
      startResponse('200 OK', []);
      return [bytes(String(length))];
    };
    const { connect } = await serve(app);
    for (const path of ['/', '/lines']) {
      const head = requestText('POST', path, 'Transfer-Encoding: chunked');
      const client = connect().send(`${head}${'1\r\n\n\r\n'.repeat(100_000)}0\r\n\r\n`);
      expect((await client.response()).body).toBe('100000');
    }
  });
});
