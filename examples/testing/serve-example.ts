import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An example that runs in a process of its own. */
export interface ServedExample {
  /** Where it answers, without a slash at the end. */
  url: string;
  /** Of the process. */
  pid: number;
  /** What it has written so far. */
  output(): string;
  /** Sends the signal that CTRL+C sends, and gives the exit code. */
  interrupt(): Promise<number | null>;
}

/** How an example is served. */
export interface ServeExampleOptions {
  /** More options of `werkstatt serve`. */
  flags?: readonly string[];
  /** Added to the environment. */
  env?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = [
  ...['--import', './tools/source.mjs'],
  ...['packages/serving/src/cli/bin.ts', 'serve', '--port', '0'],
];

/**
 * Serves a file of this folder by the command, on a port that is free: the file's own
 * `runSimple()` hands its application over.
 */
export async function serveExample(
  file: string,
  options: ServeExampleOptions = {},
): Promise<ServedExample> {
  const child = spawn(
    process.execPath,
    [...command, `examples/${file}`, ...(options.flags ?? [])],
    {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const add = (text: string) => {
      output += text;
      const address = /Running on (http:\/\/\S+?)\/ /.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout.setEncoding('utf8').on('data', add);
    child.stderr.setEncoding('utf8').on('data', add);
    child.once('exit', () => reject(new Error(`examples/${file} ended:\n${output}`)));
  });
  return { url, pid: child.pid!, output: () => output, interrupt: () => interrupt(child) };
}

async function interrupt(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  }
  return child.exitCode;
}
