import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Client } from '../../test/client.ts';
import { get, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';

function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-unix-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'server.sock');
}

/** Leaves a socket file behind that nobody listens on, as a killed process does. */
function leaveStaleSocket(path: string): void {
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  expect(existsSync(path)).toBe(true);
}

describe.runIf(process.platform !== 'win32')('a Unix socket', () => {
  it('is served, and its file goes with the server', async () => {
    const path = socketPath();
    const app = textApp((environ) =>
      JSON.stringify([
        environ.SERVER_NAME,
        environ.SERVER_PORT,
        environ.REMOTE_ADDR,
        environ.REMOTE_PORT,
      ]),
    );
    const { server } = await serve(app, { host: `unix://${path}` });
    expect(server).toMatchObject({
      port: 0,
      address: path,
      url: `unix://${path}`,
      addressFamily: 'unix',
    });
    const response = await new Client({ path }).send(get()).response();
    expect(JSON.parse(response.body)).toEqual([path, '', '', '']);
    await server.close();
    expect(existsSync(path)).toBe(false);
  });

  it('has the rights that are asked for, at once, and leaves the umask as it was', async () => {
    for (const unixSocketMode of [0o600, 0o660, 0o666]) {
      const path = socketPath();
      if (unixSocketMode === 0o660) leaveStaleSocket(path);
      const umask = process.umask();
      await serve(textApp('x'), { host: `unix://${path}`, unixSocketMode });
      expect(statSync(path).mode & 0o777).toBe(unixSocketMode);
      expect(process.umask()).toBe(umask);
      expect((await new Client({ path }).send(get()).response()).body).toBe('x');
    }
  });

  it('has them at no time looser, seen from another process', async () => {
    const path = socketPath();
    const script = `
      const fs = require('node:fs');
      const seen = new Set();
      const end = Date.now() + 3000;
      process.stdout.write('ready');
      while (Date.now() < end) {
        try {
          seen.add(fs.statSync(${JSON.stringify(path)}).mode & 0o777);
          if (seen.has(0o660)) break;
        } catch {}
      }
      process.stdout.write(JSON.stringify([...seen]));
    `;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    await once(child.stdout, 'data');
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    await serve(textApp(), { host: `unix://${path}`, unixSocketMode: 0o660 });
    await once(child, 'close');
    const seen = JSON.parse(output.slice('ready'.length)) as number[];
    for (const mode of seen) expect([0o600, 0o660]).toContain(mode);
    expect(seen).toContain(0o660);
  });

  it('refuses rights that no file has', () => {
    for (const unixSocketMode of [-1, 0o1000, 1.5, '660']) {
      expect(() =>
        makeServer({ app: textApp(), unixSocketMode: unixSocketMode as number }),
      ).toThrow("'unixSocketMode' must be the rights of a file");
    }
  });

  it('replaces the file of a server that is gone', async () => {
    const path = socketPath();
    leaveStaleSocket(path);
    await serve(textApp('new'), { host: `unix://${path}` });
    expect((await new Client({ path }).send(get()).response()).body).toBe('new');
  });

  it('is an error where another server listens, which goes on', async () => {
    const path = socketPath();
    await serve(textApp('first'), { host: `unix://${path}` });
    const second = makeServer({ app: textApp(), host: `unix://${path}` });
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await new Client({ path }).send(get()).response()).body).toBe('first');
  });

  it('leaves files of another kind untouched', async () => {
    const path = socketPath();
    writeFileSync(path, 'precious');
    const server = makeServer({ app: textApp(), host: `unix://${path}` });
    await expect(server.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(readFileSync(path, 'utf8')).toBe('precious');
    const folder = `${path}.folder`;
    mkdirSync(folder);
    await expect(
      makeServer({ app: textApp(), host: `unix://${folder}` }).listen(),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(folder)).toBe(true);
  });

  it('cuts a body that the end of the connection would end', async () => {
    const path = socketPath();
    const { takeErrors } = await serve(
      (_environ, startResponse) => {
        startResponse('200 OK', []);
        return (async function* () {
          yield new Uint8Array(10);
          await new Promise((resolve) => setTimeout(resolve, 20));
          throw new Error('broken');
        })();
      },
      { host: `unix://${path}` },
    );
    await new Client({ path }).send('GET / HTTP/1.0\r\n\r\n').closed;
    expect(takeErrors()).toHaveLength(1);
  });
});
