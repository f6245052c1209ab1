import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server under measurement: its own process, pinned to one core. */
export interface ServerProcess {
  pid: number;
  url: string;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

/**
 * Starts a program that prints `listening <port>` on standard output when it is ready.
 *
 * @param nodeArguments Node's own flags and the file.
 * @throws Error when it ends before it listens, or takes more than 20 seconds.
 */
export async function startServer(
  nodeArguments: readonly string[],
  core: number,
): Promise<ServerProcess> {
  const command = ['-c', String(core), process.execPath, ...nodeArguments];
  const child = spawn('taskset', command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await readPort(child, nodeArguments.join(' '));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    // taskset replaces itself by the program, so this is Node's own process.
    pid: child.pid!,
    url: `http://127.0.0.1:${port}/`,
    hasEnded,
    async stop() {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function readPort(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${name} ${reason}`));
    };
    const timer = setTimeout(() => fail('did not listen within 20 seconds.'), 20_000);
    child.once('error', (error) => fail(`did not start: ${error.message}`));
    child.once('exit', (code, signal) => fail(`ended before it listened (${signal ?? code}).`));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const port = /^listening (\d+)$/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(Number(port));
    });
  });
}
