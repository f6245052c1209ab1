import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { folderWith, type Program, runProgram, sourceUrl } from '../test/run-program.ts';
import { runSimple } from './run-simple.ts';

const RUN_SIMPLE = `import { runSimple } from '${sourceUrl('run-simple.ts')}';`;

const APP = `
function app(environ, startResponse) {
  const answer = () => {
    startResponse('200 OK', [['Content-Type', 'text/plain']]);
    return [new TextEncoder().encode('hello')];
  };
  if (environ.PATH_INFO === '/fail') throw new Error('it failed');
  if (environ.PATH_INFO === '/reject') Promise.reject(new Error('nobody awaits it'));
  if (environ.PATH_INFO === '/throw-later') setTimeout(() => { throw new Error('in a timer'); });
  if (environ.PATH_INFO === '/hang') return new Promise(() => {});
  if (environ.PATH_INFO !== '/slow') return answer();
  return new Promise((resolve) => setTimeout(() => resolve(answer()), 2000));
}`;

/** Starts a program that serves on a port of its own, and waits for it. */
async function serving(call = "await runSimple('localhost', 0, app);", env = {}) {
  const file = `${folderWith({ 'main.mjs': `${RUN_SIMPLE}${APP}\n${call}` })}/main.mjs`;
  const program = runProgram([file], { env });
  const [, url] = await program.printed(/Running on (\S+) .*\(Press CTRL\+C to quit\)/);
  return { program, url: url! };
}

async function endsWell(program: Program): Promise<string> {
  const { code, signal, stderr } = await program.ended;
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(stderr).not.toMatch(/^ +at /m);
  return stderr;
}

describe('runSimple', () => {
  it('prints the banner and a line per request on standard error alone', async () => {
    const { program, url } = await serving();
    expect(await (await fetch(`${url}a?b`)).text()).toBe('hello');
    await program.printed(/^\S+ - - \[[^\]]+\] "GET \/a\?b HTTP\/1\.1" 200 5$/m);
    program.kill('SIGINT');
    await endsWell(program);
    expect(program.output.stdout).toBe('');
    expect(program.output.stderr).toMatch(/^ \* Running on http:\/\/localhost:\d+\/ \(Press/);
  });

  it('logs errors that belong to no request, and goes on', async () => {
    const { program, url } = await serving();
    await (await fetch(`${url}reject`)).text();
    await (await fetch(`${url}throw-later`)).text();
    await program.printed(/Error outside of any request:\nError: nobody awaits it\n +at /);
    await program.printed(/Error outside of any request:\nError: in a timer\n +at /);
    expect(await (await fetch(url)).text()).toBe('hello');
    program.kill('SIGINT');
    expect((await program.ended).code).toBe(0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('finishes running requests on %s', async (signal) => {
    const { program, url } = await serving();
    const answer = fetch(`${url}slow`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    program.kill(signal);
    expect(await (await answer).text()).toBe('hello');
    expect(await endsWell(program)).toContain(' * Waiting for running requests');
  });

  it('takes a signal that npm repeats for the same one', async () => {
    const { program, url } = await serving();
    const answer = fetch(`${url}slow`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    program.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 30));
    program.kill('SIGINT');
    expect(await (await answer).text()).toBe('hello');
    await endsWell(program);
  });

  it('cuts running requests on a second signal', async () => {
    const { program, url } = await serving();
    const answer = fetch(`${url}hang`).catch((error: Error) => error.name);
    await new Promise((resolve) => setTimeout(resolve, 200));
    program.kill('SIGINT');
    await program.printed(/Press CTRL\+C again/);
    program.kill('SIGINT');
    expect(await answer).toBe('TypeError');
    await endsWell(program);
  });

  it('cuts running requests after the graceful timeout', async () => {
    const { program, url } = await serving(
      "await runSimple('localhost', 0, app, { gracefulTimeout: 300 });",
    );
    const answer = fetch(`${url}hang`).catch((error: Error) => error.name);
    await new Promise((resolve) => setTimeout(resolve, 200));
    program.kill('SIGTERM');
    expect(await answer).toBe('TypeError');
    await endsWell(program);
  });

  it('resolves when the server has ended, and leaves no signal handler', async () => {
    const { program } = await serving(`
      const before = process.listenerCount('SIGINT');
      await runSimple('localhost', 0, app);
      console.log('after', process.listenerCount('SIGINT') - before);
    `);
    program.kill('SIGINT');
    await endsWell(program);
    expect(program.output.stdout).toBe('after 0\n');
  });

  it('starts again on its port at once, though connections were open', async () => {
    const first = await serving();
    await fetch(first.url);
    first.program.kill('SIGINT');
    await endsWell(first.program);
    const port = new URL(first.url).port;
    const second = await serving(`await runSimple('localhost', ${port}, app);`);
    expect(second.url).toBe(first.url);
    expect((await fetch(second.url)).status).toBe(200);
  });

  it('says that a port is taken, without a stack, and exits with 1', async () => {
    const other = createServer().listen(0, 'localhost');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const call = `${RUN_SIMPLE}${APP}\nawait runSimple('localhost', ${port}, app);`;
    const { code, stderr } = await runProgram(['--input-type=module', '--eval', call]).ended;
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Port \d+ is in use by another program\.\nFind it with: .+\nStop .+\n$/,
    );
  });

  it('logs an error of the application with its stack', async () => {
    const { program, url } = await serving();
    expect((await fetch(`${url}fail`)).status).toBe(500);
    await program.printed(/^Error on request:\nError: it failed\n +at app /m);
  });

  it('writes no line per request when told so', async () => {
    const { program, url } = await serving(
      "await runSimple('localhost', 0, app, { accessLog: false });",
    );
    await fetch(url);
    program.kill('SIGINT');
    expect((await endsWell(program)).trimEnd().split('\n')).toHaveLength(1);
  });

  it('colours its lines when asked to', async () => {
    const { program, url } = await serving(undefined, { FORCE_COLOR: '1' });
    await fetch(`${url}fail`);
    await program.printed(/\x1b\[35m"GET \/fail HTTP\/1\.1"/);
  });

  it('refuses wrong options at once', async () => {
    const app = () => [];
    await expect(runSimple('localhost', 0, app, { usDebugger: true } as object)).rejects.toThrow(
      "runSimple has no option 'usDebugger'. Did you mean 'useDebugger'?",
    );
    await expect(runSimple('localhost', 70_000, app)).rejects.toThrow('not 70000');
    await expect(runSimple('localhost', 0, app, { threaded: true })).rejects.toMatchObject({
      code: 'WERKSTATT_ERR_NOT_AVAILABLE',
    });
  });

  it('rejects with the error of the application when errors are passed through', async () => {
    const file = `${folderWith({
      'main.mjs': `${RUN_SIMPLE}${APP}
        await runSimple('localhost', 0, app, { passthroughErrors: true }).catch((error) => {
          console.log(error.message);
        });`,
    })}/main.mjs`;
    const program = runProgram([file]);
    const [, url] = await program.printed(/Running on (\S+)/);
    await fetch(`${url}fail`).catch(() => {});
    expect(await program.ended).toMatchObject({ code: 0, stdout: 'it failed\n' });
  });
});
