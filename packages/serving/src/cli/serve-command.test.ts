import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import {
  COMMAND,
  folderWith,
  type Program,
  runProgram,
  sourceUrl,
} from '../../test/run-program.ts';
import { generateAdhocSslPair } from '../tls/adhoc-pair.ts';

const RUN_SIMPLE = `import { runSimple } from '${sourceUrl('run-simple.ts')}';`;

/** TypeScript that type stripping alone could not run. */
const APP = `
enum Word { Hello = 'hello' }
export const app = (environ: { PATH_INFO: string }, startResponse: Function) => {
  startResponse('200 OK', []);
  return [new TextEncoder().encode(Word.Hello)];
};`;

function werkstatt(folder: string, ...args: string[]): Program {
  return runProgram([COMMAND, ...args], { cwd: folder });
}

/** Serves a target on a free port until its answer is there, and returns both. */
async function answerOf(folder: string, ...args: string[]) {
  const program = werkstatt(folder, 'serve', ...args);
  const [, url] = await program.printed(/Running on (\S+)/);
  const answer = await (await fetch(url!)).text();
  program.kill('SIGINT');
  return { answer, url, ...(await program.ended) };
}

async function failureOf(folder: string, ...args: string[]) {
  const { code, stderr, stdout } = await werkstatt(folder, 'serve', ...args).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  return stderr;
}

describe('werkstatt serve', () => {
  it('serves an export of a TypeScript file, and ends with 0 and no stack', async () => {
    const folder = folderWith({ 'hello.ts': APP });
    for (const target of ['hello.ts', 'hello:app']) {
      const { answer, code, stderr } = await answerOf(folder, target, '--port', '0');
      expect({ answer, code }).toEqual({ answer: 'hello', code: 0 });
      expect(stderr).toContain(` * Serving ${target}, a gateway application\n`);
      expect(stderr).not.toMatch(/^ +at /m);
    }
  });

  it('serves an attribute of an export, with its own this', async () => {
    const folder = folderWith({
      'site.mjs': `export const site = {
        admin: { text: 'own', app(environ, start) { start('200 OK', []); return [Buffer.from(this.text)]; } },
      };`,
    });
    const { answer } = await answerOf(folder, 'site:site.admin.app', '-p', '0');
    expect(answer).toBe('own');
  });

  it('serves a default export of a CommonJS file', async () => {
    const app = `(environ, start) => { start('200 OK', []); return [Buffer.from('old')]; }`;
    const folder = folderWith({ 'old.cjs': `module.exports = ${app};` });
    expect((await answerOf(folder, 'old.cjs', '-p', '0')).answer).toBe('old');
  });

  it('takes over what a file gives to runSimple, and lets the file end after it', async () => {
    const folder = folderWith({
      'main.ts': `${RUN_SIMPLE}${APP}
        await runSimple('localhost', 1, app, { accessLog: 'json' });
        console.log('cleaned up');`,
    });
    const { answer, code, stdout, stderr } = await answerOf(folder, 'main.ts', '--port', '0');
    expect({ answer, code, stdout }).toEqual({ answer: 'hello', code: 0, stdout: 'cleaned up\n' });
    expect(stderr).toMatch(/^\{.*"status":200/m);
    expect(stderr.match(/Running on/g)).toHaveLength(1);
    const named = await answerOf(folder, 'main:app', '--port', '0', '--log-format', 'none');
    expect(named.answer).toBe('hello');
    expect(named.stderr).not.toContain('"status":200');
  });

  it('serves HTTPS by the certificate it is given, whatever the file says of it', async () => {
    const { cert, key } = await generateAdhocSslPair();
    const folder = folderWith({
      'main.ts': `${RUN_SIMPLE}${APP} await runSimple('localhost', 0, app);`,
      'site.crt': cert,
      'site.key': key,
    });
    const program = werkstatt(folder, 'serve', 'main', '--cert', 'site.crt', '--key', 'site.key');
    const [, port] = await program.printed(/Running on https:\/\/localhost:(\d+)/);
    const socket = connect({ host: 'localhost', port: Number(port), ca: cert });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
    program.kill('SIGINT');
    expect((await program.ended).code).toBe(0);
    expect(await failureOf(folder, 'main', '--cert', 'none.crt')).toContain(
      'werkstatt: sslContext.cert: "none.crt" can\'t be read',
    );
  });

  it('takes over a call that comes late, and one of another copy of the package', async () => {
    const late = (url: string) => `import { runSimple } from '${url}';
      const app = (environ, start) => { start('200 OK', []); return []; };
      setTimeout(() => runSimple('localhost', 0, app).then(() => console.log('end')), 100);`;
    const folder = folderWith({
      'late.mjs': late(sourceUrl('run-simple.ts')),
      'copy.mjs': late(`${sourceUrl('run-simple.ts')}?copy`),
    });
    for (const file of ['late.mjs', 'copy.mjs']) {
      const { code, stdout, stderr } = await answerOf(folder, file);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'end\n' });
      expect(stderr).toContain(` * Serving ${file}`);
    }
  });

  it('binds once, though the file calls runSimple for two applications', async () => {
    const folder = folderWith({
      'two.mjs': `${RUN_SIMPLE}
        const app = (environ, start) => { start('200 OK', []); return []; };
        runSimple('localhost', 0, app);
        runSimple('localhost', 5, (environ, start) => app(environ, start));`,
    });
    const { stderr } = await answerOf(folder, 'two.mjs');
    expect(stderr.match(/Running on/g)).toHaveLength(1);
    expect(stderr).toContain(" * Not served: runSimple('localhost', 5)");
  });

  it('says in one line why there is nothing to serve', async () => {
    const folder = folderWith({
      'a.mjs': `export const aplication = (environ, start) => []; export const handler = (request) => null;
        export const settings = { debug: true };`,
    });
    expect(await failureOf(folder, 'b.mjs')).toMatch(
      /^werkstatt: There is no file 'b\.mjs'\..*\n$/,
    );
    expect(await failureOf(folder, 'a:application')).toBe(
      "werkstatt: 'a' has no 'application'. The nearest: aplication.\n",
    );
    expect(await failureOf(folder, 'a:zebra')).toBe(
      "werkstatt: 'a' has no 'zebra'. It has: aplication, handler, settings.\n",
    );
    expect(await failureOf(folder, 'a.mjs')).toMatch(
      /^werkstatt: 'a\.mjs' has no application: .*\n$/,
    );
    expect(await failureOf(folder, 'a:settings')).toBe(
      "werkstatt: 'a:settings' is an object, no application.\n",
    );
    expect(await failureOf(folder, 'a:handler')).toMatch(
      /^werkstatt: 'a:handler' is a fetch handler .* serves gateway applications only.*\n$/,
    );
  });

  it('shows the stack of a file that throws, without the frames of what loads it', async () => {
    const folder = folderWith({
      'a.ts': 'function deep(): never { throw new Error("no \\x1b[2J database"); }\ndeep();',
    });
    const stderr = await failureOf(folder, 'a.ts');
    expect(stderr).toMatch(/^werkstatt: 'a\.ts' failed to load\nError: no \\x1b\[2J database\n/);
    expect(stderr).toMatch(/\n {4}at deep \(.*a\.ts:1:32\)\n {4}at <anonymous> \(.*a\.ts:2:1\)\n$/);
  });

  it('shows where a syntax error is', async () => {
    const folder = folderWith({ 'a.ts': 'let x: = 1;', 'b.mjs': '\nlet x: = 1;' });
    expect(await failureOf(folder, 'a.ts')).toMatch(/a\.ts:1:7: ERROR: /);
    expect(await failureOf(folder, 'b.mjs')).toMatch(/b\.mjs:2\b/);
  });

  it('says what to do about a top-level await outside of a module', async () => {
    const folder = folderWith({ 'a.cts': 'await 1;', 'a.ts': 'await 1;', 'package.json': '{}' });
    expect(await failureOf(folder, 'a.ts')).toContain('put "type": "module" into its package.json');
  });

  it('ends although the file keeps the process busy', async () => {
    const folder = folderWith({
      'a.mjs': `${RUN_SIMPLE}setInterval(() => {}, 1000);
        const app = (environ, start) => { start('200 OK', []); return []; };
        await runSimple('localhost', 0, app, { gracefulTimeout: 900 });`,
    });
    const { code, stderr } = await answerOf(folder, 'a.mjs');
    expect(code).toBe(0);
    expect(stderr).toContain(' * The server has ended, something else still runs');
  });

  it('says that a port is taken, without a stack', async () => {
    const other = createServer().listen(0, 'localhost');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const stderr = await failureOf(folderWith({ 'a.ts': APP }), 'a.ts', '-p', String(port));
    other.close();
    expect(stderr).toMatch(/^werkstatt: Port \d+ is in use by another program\.\n/);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
