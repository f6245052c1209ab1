import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const SOURCES = new URL('../../../tools/source.mjs', import.meta.url).href;

/** The source file of an entry or module of this package, as an URL to import. */
export function sourceUrl(path: string): string {
  return new URL(`../src/${path}`, import.meta.url).href;
}

/** The `werkstatt` command's file. */
export const COMMAND: string = fileURLToPath(sourceUrl('cli/bin.ts'));

/** A running program and what it printed so far. */
export interface Program {
  pid: number;
  output: { stdout: string; stderr: string };
  /** Resolves when standard error has text that fits; rejects when the program ends before. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

/** Runs Node on `args` as the workspace does, from sources. It ends with the test at the latest. */
export function runProgram(
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Program {
  const { FORCE_COLOR: _force, NO_COLOR: _no, NODE_ENV: _env, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', SOURCES, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  return {
    pid: child.pid!,
    output,
    ended,
    kill: (signal) => void child.kill(signal),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = output.stderr.match(pattern);
          if (match) resolve(match);
        };
        child.stderr.on('data', look);
        void ended.then(() => reject(new Error(`It ended, and printed:\n${output.stderr}`)));
        look();
      }),
  };
}

/** A folder with these files, an ES module package, that goes with the test. */
export function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
