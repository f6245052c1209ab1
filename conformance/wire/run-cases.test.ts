import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CannedBehaviour, startCannedServer } from './canned-server.ts';
import type { Outcome, WireCase } from './cases.ts';
import { runWireCase, runWireCases } from './run-cases.ts';

const REQUEST = 'GET /case HTTP/1.1\r\nHost: localhost\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const ECHO = JSON.stringify({ path: '/alive', headers: [] });
const ALIVE = `HTTP/1.1 200 OK\r\nContent-Length: ${ECHO.length}\r\n\r\n${ECHO}`;
const served: Outcome = { responses: [{ status: 200, body: 'ok' }] };

function wireCase(changes: Partial<WireCase>): WireCase {
  return { name: 'c', group: 'g', level: 'must', why: 'w', steps: [{ send: REQUEST }], ...changes };
}

/** Why a case fails against a server that answers like this and survives; null: it passes. */
async function verdict(
  test: Partial<WireCase>,
  behaviour: CannedBehaviour,
): Promise<string | null> {
  await using server = await startCannedServer((request) =>
    request.startsWith('GET /alive') ? { octets: ALIVE, ending: 'end' } : behaviour,
  );
  return (await runWireCase(server, wireCase(test), { timeout: 300, headerTimeout: 600 })).why;
}

describe('runWireCase', () => {
  it('passes what was asked for', async () => {
    expect(await verdict({ accept: [served] }, { octets: OK })).toBeNull();
  });

  it('fails on other content', async () => {
    expect(await verdict({ accept: [served] }, { octets: OK.replace('ok', 'no') })).not.toBeNull();
  });

  it('fails when a second response follows at once', async () => {
    expect(await verdict({ accept: [served] }, { octets: OK + OK })).toBe('2 responses');
  });

  it('waits for the close, and fails when it does not come', async () => {
    const accept = [{ ...served, close: true }];
    expect(await verdict({ accept }, { octets: OK, ending: 'end' })).toBeNull();
    expect(await verdict({ accept }, { octets: OK })).toBe('connection left open');
  });

  it('takes a reset for a close', async () => {
    const accept = [{ silent: true as const }];
    expect(await verdict({ accept }, { octets: '', ending: 'reset' })).toBeNull();
  });

  it('waits out the time before it calls a connection idle', async () => {
    const accept = [{ idle: true as const }];
    expect(await verdict({ accept }, { octets: '' })).toBeNull();
    expect(await verdict({ accept }, { octets: OK })).toBe('answered');
  });

  it('judges each of several connections', async () => {
    let calls = 0;
    await using server = await startCannedServer((request) => {
      if (request.startsWith('GET /alive')) return { octets: ALIVE, ending: 'end' };
      return { octets: ++calls === 3 ? '' : OK };
    });
    const test = wireCase({ accept: [served], connections: 3 });
    expect((await runWireCase(server, test, { timeout: 300 })).why).toBe('response 1 of 1 missing');
    expect(calls).toBe(3);
  });

  it('fails when the server did not survive, even without outcomes', async () => {
    await using server = await startCannedServer({ octets: '', ending: 'reset' });
    const { why, seen } = await runWireCase(server, wireCase({}));
    expect(why).toBe('the server no longer answers a plain request');
    expect(seen).toBe('nothing; reset');
  });

  it('does not send the rest of a body that the server refused', async () => {
    const requests: string[] = [];
    await using server = await startCannedServer((request) => {
      requests.push(request);
      return request.startsWith('GET /alive')
        ? { octets: ALIVE, ending: 'end' }
        : { octets: 'HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n', ending: 'end' };
    });
    const steps = [{ send: REQUEST }, { awaitContinue: true as const }, { send: 'body' }];
    const result = await runWireCase(server, wireCase({ steps, accept: [{ reject: 417 }] }));
    expect(result.why).toBeNull();
    expect(requests[0]).toBe(REQUEST);
  });

  it('stops dripping when the server reacts', async () => {
    const steps = [{ drip: 'x', delay: 10 }];
    const accept = [{ reject: 408 }];
    const octets = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n';
    expect(await verdict({ steps, accept }, { octets, ending: 'end' })).toBeNull();
    expect(await verdict({ steps, accept }, { octets: '' })).toBe('no error response');
  });
});

describe('runWireCases', () => {
  let server: Awaited<ReturnType<typeof startCannedServer>>;
  let open = 0;
  let most = 0;

  beforeAll(async () => {
    server = await startCannedServer((request) => {
      if (request.startsWith('GET /alive')) return { octets: ALIVE, ending: 'end' };
      most = Math.max(most, ++open);
      setTimeout(() => open--, 100);
      return { octets: request.startsWith('GET /case') ? OK : '' };
    });
  });

  afterAll(() => server[Symbol.asyncDispose]());

  it('keeps the order, runs no more at once than jobs, and alone cases by themselves', async () => {
    const cases = Array.from({ length: 5 }, (_, index) =>
      wireCase({ name: `${index}`, accept: [served], alone: index === 1 }),
    );
    const results = await runWireCases(server, cases, { jobs: 2 });
    expect(results.map(({ test, why }) => [test.name, why])).toEqual([
      ['0', null],
      ['1', null],
      ['2', null],
      ['3', null],
      ['4', null],
    ]);
    expect(most).toBe(2);
  });
});
