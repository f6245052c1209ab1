import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith, runProgram, sourceUrl } from '../../test/run-program.ts';

/** How a program ends that has just answered a request, and with which code. */
const ENDS: Record<string, { code: number; end: string }> = {
  'process.exit()': { code: 3, end: 'process.exit(3)' },
  'an uncaught exception': {
    code: 1,
    end: "queueMicrotask(() => { throw new Error('uncaught'); })",
  },
  'a rejection that nobody handles': {
    code: 1,
    end: "void Promise.reject(new Error('unhandled'))",
  },
  'nothing left to do': { code: 0, end: 'server.close()' },
};

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A program whose server answers 100 pipelined requests, and ends as soon as they are answered. */
function program(end: string, accessLogTo: string): string {
  return `
    import { createWriteStream } from 'node:fs';
    import { connect } from 'node:net';
    import { makeServer } from '${sourceUrl('index.ts')}';
    let left = 100;
    const app = (environ, startResponse) => {
      startResponse('200 OK', []);
      return [Buffer.from('x')];
    };
    const server = makeServer({
      app,
      host: '127.0.0.1',
      accessLog: 'line %(U)s',
      ${accessLogTo === '' ? '' : `accessLogTo: ${accessLogTo},`}
    });
    server.writeAccessLine = function (record) {
      Object.getPrototypeOf(this).writeAccessLine.call(this, record);
      if (--left === 0) { ${end}; }
    };
    await server.listen();
    const requests = Array.from({ length: 100 }, (_, i) => 'GET /' + i + ' HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');
    connect(server.port, '127.0.0.1').on('error', () => {}).end(requests.join('')).resume();
  `;
}

const expected = Array.from({ length: 100 }, (_, i) => `line /${i}`);

function accessLines(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('line '));
}

describe.each(Object.entries(ENDS))('no line of the access log is lost at %s', (_name, how) => {
  const { code, end } = how;

  it('on standard error, a pipe', async () => {
    const folder = folderWith({ 'a.mjs': program(end, '') });
    const result = await runProgram([join(folder, 'a.mjs')]).ended;
    expect(accessLines(result.stderr)).toEqual(expected);
    expect(result.code).toBe(code);
  });

  it.each([
    ['a path', (file: string) => JSON.stringify(file)],
    ['a file stream', (file: string) => `createWriteStream(${JSON.stringify(file)})`],
  ])('with accessLogTo: %s', async (_name, target) => {
    const file = join(temporary(), 'access.log');
    const folder = folderWith({ 'a.mjs': program(end, target(file)) });
    const result = await runProgram([join(folder, 'a.mjs')]).ended;
    expect(accessLines(readFileSync(file, 'utf8'))).toEqual(expected);
    expect(accessLines(result.stderr)).toEqual([]);
    expect(result.code).toBe(code);
  });
});

describe('the access log', () => {
  it('has the last answers when SIGTERM ends runSimple', async () => {
    const file = join(temporary(), 'access.log');
    const folder = folderWith({
      'a.mjs': `
        import { runSimple } from '${sourceUrl('index.ts')}';
        await runSimple('127.0.0.1', 0, async (environ, startResponse) => {
          if (environ.PATH_INFO === '/slow') {
            process.kill(process.pid, 'SIGTERM');
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          startResponse('200 OK', []);
          return [];
        }, { accessLog: 'line %(U)s', accessLogTo: ${JSON.stringify(file)} });
      `,
    });
    const running = runProgram([join(folder, 'a.mjs')]);
    const [, url] = await running.printed(/Running on (http:\S+?)\/ /);
    await fetch(`${url}/first`);
    await fetch(`${url}/slow`);
    expect((await running.ended).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('line /first\nline /slow\n');
  });

  it('waits for the reader of a full pipe when the process exits', async () => {
    const folder = folderWith({
      'a.mjs': `
        import { logWriterOf } from '${sourceUrl('log/log-writer.ts')}';
        const writer = logWriterOf();
        const line = 'x'.repeat(999);
        for (let i = 0; i < 300; i++) writer.write(line);
        setTimeout(() => {
          writer.write('last');
          process.stdout.write('exiting');
          process.exit(5);
        }, 100);
      `,
    });
    const args = ['--import', new URL('../../../../tools/source.mjs', import.meta.url).href];
    const child = spawn(process.execPath, [...args, join(folder, 'a.mjs')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    await once(child.stdout, 'data');
    child.stderr.on('data', (chunk) => (text += chunk));
    await once(child, 'close');
    expect(text.length).toBe(300_005);
    expect(text.endsWith('\nlast\n')).toBe(true);
  });

  it('makes nobody wait for a reader that is slow, and counts what it drops', async () => {
    const folder = folderWith({
      'a.mjs': `
        import { logWriterOf } from '${sourceUrl('log/log-writer.ts')}';
        const writer = logWriterOf();
        const line = 'x'.repeat(9_999);
        for (let i = 0; i < 300; i++) {
          writer.write(line);
          await new Promise((resolve) => setImmediate(resolve));
        }
        process.stdout.write('not held up');
        setTimeout(() => writer.write('last'), 300);
      `,
    });
    const args = ['--import', new URL('../../../../tools/source.mjs', import.meta.url).href];
    const child = spawn(process.execPath, [...args, join(folder, 'a.mjs')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    await once(child.stdout, 'data');
    child.stderr.on('data', (chunk) => (text += chunk));
    await once(child, 'close');
    const lines = text.trimEnd().split('\n');
    const whole = lines.filter((line) => line.length === 9_999).length;
    expect(lines.slice(whole)).toEqual([
      'last',
      `${300 - whole} log lines were dropped: their reader is too slow`,
    ]);
    expect(whole).toBeGreaterThan(100);
    expect(whole).toBeLessThan(300);
  });

  it('is added to a file that is there, and makes one for its owner and group alone', async () => {
    const file = join(temporary(), 'access.log');
    const folder = folderWith({ 'a.mjs': program('server.close()', JSON.stringify(file)) });
    for (let run = 1; run <= 2; run++) {
      await runProgram([join(folder, 'a.mjs')]).ended;
      expect(accessLines(readFileSync(file, 'utf8'))).toHaveLength(100 * run);
    }
    expect(statSync(file).mode & 0o137).toBe(0);
  });

  it('needs no more than the name of its file', async () => {
    const { makeServer } = await import('../make-server.ts');
    const accessLogTo = join(temporary(), 'access.log');
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return [];
    };
    const server = makeServer({ app, accessLogTo });
    await server.listen();
    await fetch(server.url);
    await server.shutdown();
    expect(readFileSync(accessLogTo, 'utf8')).toMatch(/"GET \/ HTTP\/1\.1" 200 -\n$/);
    const silent = makeServer({ app, accessLog: false, accessLogTo: `${accessLogTo}.none` });
    await silent.listen();
    await silent.close();
    expect(existsSync(`${accessLogTo}.none`)).toBe(false);
  });

  it('refuses to start where its file cannot be opened, and binds nothing', async () => {
    const { makeServer } = await import('../make-server.ts');
    const accessLogTo = join(temporary(), 'no', 'such', 'folder.log');
    const server = makeServer({ app: () => [], accessLog: true, accessLogTo });
    await expect(server.listen()).rejects.toMatchObject({ code: 'WERKSTATT_ERR_OPTION' });
    await expect(server.listen()).rejects.toThrow(/accessLogTo.*ENOENT/);
    expect(server.socket).toBeUndefined();
    expect(existsSync(accessLogTo)).toBe(false);
  });
});
