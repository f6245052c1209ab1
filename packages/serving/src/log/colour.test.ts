import { WriteStream } from 'node:tty';
import { afterEach, expect, it, vi } from 'vitest';
import { coloured, paintFor, plain } from './colour.ts';

const pipe = { ...streamLike(), isTTY: false } as unknown as NodeJS.WritableStream;
const terminal = {
  ...streamLike(),
  isTTY: true,
  getColorDepth: WriteStream.prototype.getColorDepth,
} as unknown as NodeJS.WritableStream;

/** What `util.styleText` takes for a stream. */
function streamLike(): object {
  return { pipe() {}, on() {}, write() {}, writable: true, _writableState: {}, _write() {} };
}

afterEach(() => vi.unstubAllEnvs());

/** The variables by which Node decides on colour, beside `TERM`. */
const DECIDING = [
  ...['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS'],
  ...['CI', 'TF_BUILD', 'TEAMCITY_VERSION', 'TMUX', 'COLORTERM', 'TERM_PROGRAM'],
];

/** An environment with `variables` alone, so that a build server has the same as a terminal. */
function environment(variables: Record<string, string>): void {
  vi.stubEnv('TERM', 'xterm-256color');
  for (const name of DECIDING) vi.stubEnv(name, variables[name]);
}

it('paints on a terminal', () => {
  environment({});
  expect(paintFor(terminal)).toBe(coloured);
  expect(coloured(['bold', 'red'], 'no')).toBe('\x1b[1m\x1b[31mno\x1b[39m\x1b[22m');
});

it('leaves text for a file or a pipe as it is', () => {
  environment({});
  expect(paintFor(pipe)).toBe(plain);
  expect(plain('red', 'no')).toBe('no');
});

it('keeps NO_COLOR', () => {
  environment({ NO_COLOR: '1' });
  expect(paintFor(terminal)).toBe(plain);
});

it('keeps FORCE_COLOR', () => {
  environment({ FORCE_COLOR: '1' });
  expect(paintFor(pipe)).toBe(coloured);
});
