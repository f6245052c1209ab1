import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What one run of wrk saw. */
export interface WrkResult {
  requests: number;
  requestsPerSecond: number;
  /** Responses whose status was neither 2xx nor 3xx. */
  badStatus: number;
  /** Counts of what went wrong with connections, as `connect 0, read 3, write 0, timeout 0`. */
  socketErrors: string | undefined;
}

export interface WrkOptions {
  /** Whole seconds. */
  seconds: number;
  connections: number;
  /** A Lua script that makes the requests. */
  script?: string | undefined;
  /** The CPU core that wrk is pinned to. */
  core: number;
}

/** Loads `url` with one thread of wrk. */
export async function wrk(url: string, options: WrkOptions): Promise<WrkResult> {
  const { seconds, connections, script, core } = options;
  const command = ['-c', String(core), 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`];
  if (script !== undefined) command.push('-s', script);
  const { stdout } = await run('taskset', [...command, url]);
  return parseWrk(stdout);
}

/** Reads wrk's report. */
export function parseWrk(report: string): WrkResult {
  const requests = /^\s*(\d+) requests in /m.exec(report)?.[1];
  const rate = /^Requests\/sec:\s+([\d.]+)/m.exec(report)?.[1];
  if (requests === undefined || rate === undefined) {
    throw new Error(`wrk's report was not understood:\n${report}`);
  }
  const badStatus = /^\s*Non-2xx or 3xx responses: (\d+)/m.exec(report)?.[1];
  return {
    requests: Number(requests),
    requestsPerSecond: Number(rate),
    badStatus: Number(badStatus ?? 0),
    socketErrors: /^\s*Socket errors: (.+)/m.exec(report)?.[1],
  };
}

/** Fails with a sentence for a person when a program that the measurement needs is missing. */
export async function requireTools(): Promise<void> {
  if (process.platform !== 'linux') {
    throw new Error('The measurement needs Linux: it reads CPU times from /proc.');
  }
  const packages: Readonly<Record<string, string>> = { wrk: 'wrk', taskset: 'util-linux' };
  for (const [program, debianPackage] of Object.entries(packages)) {
    try {
      await run('which', [program]);
    } catch {
      throw new Error(
        `${program} is not installed. On Debian and Ubuntu: sudo apt-get install ${debianPackage}`,
      );
    }
  }
}
