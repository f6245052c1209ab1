import type { GatewayApp } from '@werkstatt/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadCases, type WireCase } from './wire/cases.ts';
import { WireClient } from './wire/client.ts';
import { app } from './wire/probe-app.ts';
import { checkAlive, runWireCase } from './wire/run-cases.ts';

/** An application, for servers that take a function and for those that import a module. */
export interface TestApplication {
  app: GatewayApp;
  /** The URL of a module that exports it as `app`. */
  module: string;
}

/** A server that listens on TCP. */
export interface RunningServer {
  host: string;
  port: number;
  /** Ends it without harm to running requests; settles when nothing of it is left. */
  stop(): Promise<void>;
}

/** Starts a server; `port` 0 asks for a free one. */
export type StartServer = (application: TestApplication, port: number) => Promise<RunningServer>;

const PROBE: TestApplication = {
  app,
  module: new URL('./wire/probe-app.ts', import.meta.url).href,
};
const CASE_TIMEOUT = 60_000;

/** Registers what every server class has to pass: the wire cases, and its start and end. */
export function addServerTests(name: string, start: StartServer): void {
  describe(name, () => {
    addWireTests(start);
    addLifecycleTests(start);
  });
}

function addWireTests(start: StartServer): void {
  describe('on the wire', () => {
    let server: RunningServer;
    const title = ({ level, group, name }: WireCase): string => `${level} ${group}: ${name}`;
    const run = async (test: WireCase): Promise<void> => {
      const { why, seen } = await runWireCase(server, test);
      expect(why, `${test.why}\ngot: ${seen}`).toBeNull();
    };
    const cases = loadCases();

    beforeAll(async () => {
      server = await start(PROBE, 0);
    });
    afterAll(() => server.stop());

    for (const test of cases.filter(({ alone }) => !alone)) {
      it.concurrent(title(test), () => run(test), CASE_TIMEOUT);
    }
    for (const test of cases.filter(({ alone }) => alone)) {
      it(title(test), () => run(test), CASE_TIMEOUT);
    }
  });
}

function addLifecycleTests(start: StartServer): void {
  describe('from start to end', () => {
    const clients: WireClient[] = [];
    const servers: RunningServer[] = [];

    const started = async (port = 0): Promise<RunningServer> => {
      const server = await start(PROBE, port);
      servers.push(server);
      return server;
    };
    /** A connection that has sent a request for `path`; it never ends by itself. */
    const requested = async (server: RunningServer, path: string): Promise<WireClient> => {
      const client = new WireClient(server, [{ method: 'GET', version: '1.1' }]);
      clients.push(client);
      await client.connect();
      await client.write(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
      return client;
    };
    const answered = (client: WireClient): Promise<void> =>
      client.until(() => client.responses.length > 0 || client.over, 5_000);
    /** Waits for the server's end of the connection, then ends it as clients do. */
    const closed = async (client: WireClient): Promise<void> => {
      await client.until(() => client.closed !== null, 3_000);
      expect(client.closed, 'the server left the connection open').not.toBeNull();
      client.destroy();
    };

    afterEach(async () => {
      for (const client of clients.splice(0)) client.destroy();
      await Promise.all(servers.splice(0).map((server) => server.stop()));
    });

    it('takes a free port for port 0', async () => {
      const [one, other] = await Promise.all([started(), started()]);
      expect(one.port).toBeGreaterThan(0);
      expect(other.port).toBeGreaterThan(0);
      expect(one.port).not.toBe(other.port);
      expect(await Promise.all([checkAlive(one), checkAlive(other)])).toEqual([null, null]);
    });

    it('finishes the requests that run when it is stopped, then closes their connections', async () => {
      const server = await started();
      const slow = await requested(server, '/slow?ms=500');
      const stream = await requested(server, '/stream?n=20&ms=25');
      await stream.until(() => stream.received > 0, 5_000);
      const stopping = server.stop();
      await Promise.all([closed(slow), closed(stream)]);
      await stopping;
      expect(slow.responses).toMatchObject([{ status: 200, body: Buffer.from('slow\n') }]);
      expect(slow.responses[0]?.headers).toContainEqual(['connection', 'close']);
      expect(stream.responses).toMatchObject([{ status: 200, framing: 'chunked' }]);
      expect(stream.responses[0]?.body).toHaveLength(20 * 'chunk-0000\n'.length);
    });

    it('ends idle connections without an octet when it is stopped', async () => {
      const server = await started();
      const idle = await requested(server, '/length?n=1');
      await answered(idle);
      const silent = new WireClient(server, [{ method: 'GET', version: '1.1' }]);
      clients.push(silent);
      await silent.connect();
      const { received } = idle;
      const stopping = server.stop();
      await Promise.all([closed(idle), closed(silent)]);
      await stopping;
      expect([idle.received, silent.received]).toEqual([received, 0]);
    });

    it('takes no connection once it is stopped', async () => {
      const server = await started();
      await server.stop();
      expect(await checkAlive(server)).toBe('no connection');
    });

    it('starts again on the same port at once, though connections were open', async () => {
      const first = await started();
      const idle = await requested(first, '/length?n=1');
      await answered(idle);
      const running = await requested(first, '/slow?ms=200');
      const stopping = first.stop();
      await Promise.all([closed(idle), closed(running)]);
      await stopping;
      expect(running.responses).toHaveLength(1);
      const second = await started(first.port);
      expect(second.port).toBe(first.port);
      expect(await checkAlive(second)).toBeNull();
    });

    it('can be stopped while it has nothing to do, and more than once', async () => {
      const server = await started();
      await Promise.all([server.stop(), server.stop()]);
      await server.stop();
    });
  });
}
