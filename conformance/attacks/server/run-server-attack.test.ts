import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runServerAttack, type ServerVerdict } from './run-server-attack.ts';
import type { ServerAttack } from './server-case.ts';
import type { Attacked } from './start-server.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server that answers each request with what is told, and lets itself be looked at. */
async function attacked(
  answer: (request: string) => string,
  changes: (requests: readonly string[]) => Partial<Attacked> = () => ({}),
): Promise<Attacked> {
  const requests: string[] = [];
  let log = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (octets) => {
      const request = octets.toString('latin1');
      requests.push(request);
      log += `${request.split('\r\n', 1)[0]}\n`;
      socket.end(request.includes('/healthz') ? OK : answer(request), 'latin1');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = mkdtempSync(join(tmpdir(), 'werkstatt-attacked-'));
  ends.push(
    () => server.close(),
    () => rmSync(root, { recursive: true }),
  );
  const still: Attacked = {
    root,
    port: (server.address() as { port: number }).port,
    get log() {
      return log;
    },
    hasEnded: false,
    temporaryFiles: () => [],
    openFiles: () => 10,
    memory: () => 50,
  };
  return Object.defineProperties(still, Object.getOwnPropertyDescriptors(changes(requests)));
}

function attack(changes: Partial<ServerAttack>): ServerAttack {
  const common = { name: 'n', class: 'c', level: 'must', why: 'w', app: 'main' } as const;
  return { ...common, request: 'GET / HTTP/1.1\r\n\r\n', status: [200], ...changes };
}

const why = (verdict: ServerVerdict): string => ('why' in verdict ? verdict.why : verdict.kind);

describe('runServerAttack', () => {
  it('judges the status, and what is in the response and must not be', async () => {
    const server = await attacked(() => OK);
    const verdictOn = async (changes: Partial<ServerAttack>) =>
      why(await runServerAttack(attack(changes), server));
    expect(await verdictOn({ required: ['ok'], forbidden: ['evil'] })).toBe('holds');
    expect(await verdictOn({ status: [400] })).toContain('status 200');
    expect(await verdictOn({ required: ['evil'] })).toContain('is missing');
    expect(await verdictOn({ forbidden: ['200 OK'] })).toContain('is in');
    expect(await verdictOn({ maxBytes: 10 })).toContain('more than 10');
  });

  it('looks at all that comes, also behind a response', async () => {
    const server = await attacked(() => `${OK}HTTP/1.1 200 OK\r\nX-Evil: 1\r\n\r\n`);
    expect(why(await runServerAttack(attack({ forbidden: ['X-Evil'] }), server))).toContain(
      'is in',
    );
  });

  it('never lets the secret of the process out', async () => {
    const server = await attacked(() => `${OK}ENV-SECRET-3d9e`);
    expect(why(await runServerAttack(attack({}), server))).toContain('ENV-SECRET');
  });

  it('takes an end without a response for status 0', async () => {
    const server = await attacked(() => '');
    expect(why(await runServerAttack(attack({ status: [0] }), server))).toBe('holds');
    expect(why(await runServerAttack(attack({ status: [200] }), server))).toContain('status 0');
  });

  it('plays steps in their order, several at once, until one fails', async () => {
    const seen: (readonly string[])[] = [];
    const server = await attacked(
      () => OK,
      (requests) => {
        seen.push(requests);
        return {};
      },
    );
    const { request, status, ...common } = attack({});
    const steps = [
      { request: 'GET /1 HTTP/1.1\r\n\r\n', status: [200], times: 3, parallel: 2 },
      { request: 'GET /2 HTTP/1.1\r\n\r\n', status: [400] },
      { request: 'GET /3 HTTP/1.1\r\n\r\n', status: [200] },
    ];
    expect(why(await runServerAttack({ ...common, steps }, server))).toContain('none of 400');
    expect(seen[0]!.map((one) => one.split(' ')[1])).toEqual(['/1', '/1', '/1', '/2']);
  });

  it('waits where a part is still to come', async () => {
    const server = await attacked(() => 'HTTP/1.1 501 No\r\nX-Not-Yet: routing\r\n\r\n');
    const verdict = await runServerAttack(attack({ status: [501] }), server);
    expect(verdict).toEqual({ kind: 'waits', reason: 'routing' });
  });

  it('wants an answer in time', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => server.close());
    const { port } = server.address() as { port: number };
    const silent = await attacked(
      () => OK,
      () => ({ port }),
    );
    expect(why(await runServerAttack(attack({ maxMs: 50 }), silent))).toContain('no answer in');
  });

  it('wants the server to be well afterwards', async () => {
    const ended = await attacked(
      () => OK,
      () => ({ hasEnded: true }),
    );
    expect(why(await runServerAttack(attack({}), ended))).toContain('has ended');
  });

  it('looks at the lines of the log that the case added', async () => {
    const server = await attacked(() => OK);
    const log = { notMatches: '[\\u0000-\\u0008]', notContains: ['forged'], maxLines: 1 };
    expect(why(await runServerAttack(attack({ log }), server))).toBe('holds');
    const red = attack({ log, request: 'GET /\u0001 HTTP/1.1\r\n\r\n' });
    expect(why(await runServerAttack(red, server))).toContain('matches the log');
    const forged = attack({ log, request: 'GET /forged HTTP/1.1\r\n\r\n' });
    expect(why(await runServerAttack(forged, server))).toContain('"forged" is in the log');
    const twice = attack({ log, times: 2 });
    expect(why(await runServerAttack(twice, server))).toContain('2 lines more');
  });

  it('looks at files of the fixture', async () => {
    const server = await attacked(() => OK);
    expect(why(await runServerAttack(attack({ fileAbsent: 'x' }), server))).toBe('holds');
    expect(why(await runServerAttack(attack({ filePresent: 'x' }), server))).toContain('not there');
    writeFileSync(join(server.root, 'x'), '');
    expect(why(await runServerAttack(attack({ fileAbsent: 'x' }), server))).toContain('is there');
  });

  it('looks at what the server keeps: files, descriptors, memory', async () => {
    const after = { tempFilesLeft: 0, openFilesGrowth: 5, rssGrowthMiB: 64 };
    expect(why(await runServerAttack(attack({ after }), await attacked(() => OK)))).toBe('holds');
    const left = await attacked(
      () => OK,
      (requests) => ({
        temporaryFiles: () => (requests.length > 0 ? ['a'] : []),
      }),
    );
    expect(why(await runServerAttack(attack({ after }), left))).toContain('1 temporary files');
    const open = await attacked(
      () => OK,
      (requests) => ({
        openFiles: () => 10 + requests.length * 10,
      }),
    );
    expect(why(await runServerAttack(attack({ after }), open))).toContain('20 open files more');
  });
});
