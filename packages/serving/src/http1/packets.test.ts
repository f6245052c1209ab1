import type { GatewayApp } from '@werkstatt/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytes, pause, requestText, serve } from '../../test/serve.ts';

const body = fc.stringMatching(/^[\x20-\x7e\r\n]{0,400}$/);
const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    path: fc.stringMatching(/^\/[a-z%]{0,10}$/),
    value: fc.stringMatching(/^[!-~]{1,40}$/),
    body,
    framing: fc.constantFrom('none', 'length', 'chunked'),
    chunk: fc.integer({ min: 1, max: 50 }),
    async: fc.boolean(),
  })
  .map(({ method, path, value, body: text, framing, chunk, async }) => {
    const fields = [`X-Value: ${value}`, ...(async ? ['X-Async: 1'] : [])];
    if (framing === 'none') return requestText(method, path, ...fields);
    if (framing === 'length') {
      return requestText(method, path, ...fields, `Content-Length: ${text.length}`) + text;
    }
    const chunks: string[] = [];
    for (let at = 0; at < text.length; at += chunk) {
      const part = text.slice(at, at + chunk);
      chunks.push(`${part.length.toString(16)}\r\n${part}\r\n`);
    }
    const head = requestText(method, path, ...fields, 'Transfer-Encoding: chunked');
    return `${head}${chunks.join('')}0\r\nX-Sum: ${text.length}\r\n\r\n`;
  });

/** Answers with all it was told, at once or later. */
const telling: GatewayApp = async (environ, startResponse) => {
  if (environ.HTTP_X_ASYNC !== undefined) await pause(1);
  const input = await environ['gateway.input'].read();
  const told = [
    environ.REQUEST_METHOD,
    environ.PATH_INFO,
    environ['gateway.raw_headers'](),
    Buffer.from(input).toString('latin1'),
    environ['gateway.trailers'](),
  ];
  startResponse('200 OK', []);
  return [bytes(JSON.stringify(told))];
};

it('requests are answered the same however they are cut into packets', async () => {
  const { connect } = await serve(telling);
  const sequence = fc.array(request, { minLength: 1, maxLength: 6 });
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(sequence, sizes, async (requests, packets) => {
      const text = requests.join('');
      const whole = connect().send(text);
      const inPackets = connect();
      let at = 0;
      for (const size of packets) {
        inPackets.send(text.slice(at, at + size));
        at += size;
        // Lets some packets arrive alone; those of one turn may be joined on their way.
        await new Promise((resolve) => setImmediate(resolve));
      }
      inPackets.send(text.slice(at));
      for (const _request of requests) {
        const one = await whole.response();
        expect(one.status).toBe(200);
        expect((await inPackets.response()).body).toBe(one.body);
      }
      whole.socket.destroy();
      inPackets.socket.destroy();
    }),
    { numRuns: 60 },
  );
}, 60_000);
