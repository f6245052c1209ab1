import { expect, it } from 'vitest';
import { folderWith, runProgram, sourceUrl } from '../../test/run-program.ts';

const APP = `const app = () => { throw new TypeError('it broke'); };`;
const RUN = `import { runSimple } from '${sourceUrl('run-simple.ts')}';`;

it("answers an error with the debugger's page", async () => {
  const folder = folderWith({
    'main.mjs': `${RUN}${APP} await runSimple('localhost', 0, app, { useDebugger: true });`,
  });
  const program = runProgram([`${folder}/main.mjs`]);
  const [, url] = await program.printed(/Running on (\S+)/);
  const answer = await fetch(url!, { headers: { Accept: 'text/html' } });
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain('it broke');
  expect(program.output.stderr).toMatch(/^WARNING: .*\n \* Debugger is on\n/);
});

it('names the package to install when it is missing', async () => {
  const folder = folderWith({
    'main.mjs': `${RUN}${APP}
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve(specifier, context, next) {
          if (specifier !== '@werkstatt/debug') return next(specifier, context);
          const message = "Cannot find package '@werkstatt/debug' imported from a file";
          throw Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
        },
      });
      await runSimple('localhost', 0, app, { useDebugger: true }).catch((error) => {
        console.log(error.code, error.message);
      });`,
  });
  const { stdout } = await runProgram([`${folder}/main.mjs`]).ended;
  expect(stdout).toBe(
    "WERKSTATT_ERR_NO_DEBUGGER useDebugger needs the package '@werkstatt/debug'. " +
      'Install it: npm install --save-dev @werkstatt/debug\n',
  );
});
