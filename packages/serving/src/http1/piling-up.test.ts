import type { Socket } from 'node:net';
import type { GatewayApp } from '@werkstatt/core';
import { expect, it } from 'vitest';
import { FACTS } from '../../test/facts.ts';
import { eventually, pause, serve } from '../../test/serve.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { COMPLETE, HeadParser } from './parse-head.ts';

it('answers to pipelined requests wait with their client, not in memory', async () => {
  const answer = new Uint8Array(4_000);
  let socket: Socket | undefined;
  const app: GatewayApp = (environ, startResponse) => {
    socket = environ['gateway.socket'] as unknown as Socket;
    startResponse('200 OK', []);
    return [answer];
  };
  const { connect } = await serve(app);
  const client = connect();
  client.socket.pause();
  client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(5_000));
  await eventually(() => socket !== undefined);
  await pause(300);
  expect(socket?.writableLength).toBeLessThan(1_000_000);
});

/** Names of 24 octets that the table of names can't tell apart by their hash. */
function collidingNames(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, i) => {
    const digits = i.toString(2).padStart(10, '0');
    return prefix + digits.replaceAll('1', 'B#').replaceAll('0', 'AB');
  });
}

it('names chosen to collide cost hardly more than others', () => {
  const head = (names: string[]) =>
    Buffer.from(`GET / HTTP/1.1\r\nHost: a\r\n${names.join(':\r\n')}:\r\n\r\n`);
  const parse = (octets: Buffer, times: number): number => {
    const start = performance.now();
    for (let i = 0; i < times; i++) {
      const parser = new HeadParser(DEFAULT_LIMITS, FACTS);
      parser.parse(octets, 0, octets.length);
      expect(parser.phase).toBe(COMPLETE);
    }
    return performance.now() - start;
  };
  const names = collidingNames(1_000, 'X'.repeat(600));
  for (let i = 0; i < 900; i += 98) parse(head(names.slice(i, i + 98)), 1);
  for (const name of collidingNames(900, 'short')) parse(head([name]), 1);
  // When each is compared with all those before, a head of 60 KiB takes 25 ms.
  expect(parse(head(names.slice(900, 998)), 100)).toBeLessThan(1_000);
});
