import { describe, expect, it } from 'vitest';
import { COMMAND, runProgram } from '../../test/run-program.ts';
import { HELP } from './help.ts';

async function werkstatt(...args: string[]) {
  return runProgram([COMMAND, ...args]).ended;
}

describe('werkstatt', () => {
  it('prints its help and its version on standard output', async () => {
    expect(await werkstatt('--help')).toMatchObject({ code: 0, stdout: HELP, stderr: '' });
    const version = await werkstatt('--version');
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });

  it('has help that fits into 100 columns', () => {
    expect(Math.max(...HELP.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('ends with 2 and a hint when the command line is wrong', async () => {
    expect(await werkstatt('srve', '\x1b[2J')).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr:
        "werkstatt: There is no command 'srve'. Did you mean 'serve'?\nTry 'werkstatt --help'.\n",
    });
    expect((await werkstatt('serve')).code).toBe(2);
    expect((await werkstatt('\x1b[2J')).stderr).toContain("'\\x1b[2J'");
  });
});
