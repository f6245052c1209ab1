import { expect, it } from 'vitest';
import { folderWith, runProgram, sourceUrl } from '../../test/run-program.ts';

/** Runs a script that serves in a process of its own, where the heap can be measured. */
async function measure(script: string): Promise<Record<string, number>> {
  const file = `${folderWith({
    'main.mjs': `
      import net from 'node:net';
      import { once } from 'node:events';
      import { makeServer } from '${sourceUrl('make-server.ts')}';
      const text = new TextEncoder();
      const dropped = [];
      const server = makeServer({ app: (environ, startResponse) => app(environ, startResponse), host: '127.0.0.1' });
      process.on('warning', (warning) => { console.error(warning); process.exitCode = 9; });
      await server.listen();
      const sockets = [];
      server.socket.on('connection', (socket) => sockets.push(socket));
      const client = async () => {
        const socket = net.connect(server.port, '127.0.0.1');
        await once(socket, 'connect');
        return socket;
      };
      const turns = async (n = 20) => { for (let i = 0; i < n; i++) await new Promise((r) => setTimeout(r, 5)); };
      const heap = async () => {
        for (let i = 0; i < 4; i++) { await turns(2); gc(); }
        return process.memoryUsage().heapUsed;
      };
      const listeners = (socket) => socket.eventNames().reduce((n, name) => n + socket.listenerCount(name), 0);
      ${script}
      await server.close();
      console.log(JSON.stringify(result));`,
  })}/main.mjs`;
  const { code, stdout, stderr } = await runProgram(['--expose-gc', file]).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, number>;
}

it('20,000 requests of all kinds on one socket leave heap and listeners as they were', async () => {
  const result = await measure(`
    const app = async (environ, startResponse) => {
      environ['gateway.signal'].addEventListener('abort', () => {});
      environ['gateway.raw_headers']();
      await environ['gateway.input'].read();
      const write = startResponse('200 OK', []);
      if (environ.PATH_INFO === '/write') await write(text.encode('x'));
      if (environ.PATH_INFO === '/array') return [text.encode('x')];
      return (async function* () { yield text.encode('x'); })();
    };
    const requests = ['/array', '/write', '/iterate'].map((path) =>
      'GET ' + path + ' HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n' +
      'POST ' + path + ' HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\n\\r\\nabc').join('');
    const socket = await client();
    let answers = 0;
    socket.setEncoding('latin1').on('data', (data) => { answers += data.split('HTTP/1.1 200').length - 1; });
    const run = async (rounds) => {
      for (let i = 0; i < rounds; i++) {
        const before = answers;
        socket.write(requests);
        while (answers < before + 6) await new Promise((r) => setImmediate(r));
      }
    };
    await run(500);
    const before = await heap();
    const count = listeners(sockets[0]);
    await run(3000);
    const result = { growth: (await heap()) - before, listeners: listeners(sockets[0]) - count, answers };
    socket.destroy();`);
  expect(result.answers).toBeGreaterThanOrEqual(20_000);
  expect(result.listeners).toBe(0);
  expect(result.growth).toBeLessThan(400_000);
}, 60_000);

it('requests that their clients abort leave nothing', async () => {
  const result = await measure(`
    let running = 0;
    let closed = 0;
    const app = (environ, startResponse) => {
      running++;
      environ['gateway.signal'].addEventListener('abort', () => {});
      startResponse('200 OK', []);
      const kept = new Uint8Array(20_000);
      return {
        async *[Symbol.asyncIterator]() {
          for (;;) { yield kept; await new Promise((r) => setTimeout(r, 1)); }
        },
        close() { closed++; },
      };
    };
    const run = async (rounds) => {
      for (let i = 0; i < rounds; i++) {
        const clients = await Promise.all(Array.from({ length: 20 }, client));
        for (const socket of clients) {
          socket.on('error', () => {});
          socket.write('POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 9\\r\\n\\r\\nabc');
          socket.once('data', () => socket.resetAndDestroy());
        }
        await Promise.all(clients.map((socket) => once(socket, 'close')));
        sockets.length = 0;
      }
      while (closed < running) await turns(1);
    };
    await run(5);
    const before = await heap();
    await run(40);
    const result = { growth: (await heap()) - before, running, closed };`);
  expect(result.closed).toBe(900);
  expect(result.running).toBe(900);
  expect(result.growth).toBeLessThan(400_000);
}, 60_000);
