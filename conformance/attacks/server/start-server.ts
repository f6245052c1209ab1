import { isUtf8 } from 'node:buffer';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('../../../tools/source.mjs', import.meta.url).href;
const APP = fileURLToPath(new URL('../app/main.ts', import.meta.url));
const RUNNING = /Running on http:\/\/127\.0\.0\.1:(\d+)/;

/** What must not get out of the process. */
export const APP_SECRET = 'ENV-SECRET-3d9e';

/** Milliseconds. */
const START_TIMEOUT = 20_000;

/** What attacks are made on, and looked at afterwards. */
export interface Attacked {
  /** The folder of the fixture; temporary files go to `tmp` in it. */
  readonly root: string;
  readonly port: number;
  /** Everything that it has written so far. */
  readonly log: string;
  readonly hasEnded: boolean;
  /** Names below its folder for temporary files. */
  temporaryFiles(): string[];
  /** How many descriptors it has open. */
  openFiles(): number;
  /** Resident memory in MiB. */
  memory(): number;
}

/** The application under attack, in a process and a folder of its own. */
export class AttackedServer implements Attacked {
  readonly #child: ChildProcess;
  readonly root: string;
  readonly port: number;
  #log: () => string;

  private constructor(child: ChildProcess, root: string, port: number, log: () => string) {
    this.#child = child;
    this.root = root;
    this.port = port;
    this.#log = log;
  }

  /** @throws Error when it does not listen in time. */
  static async start(): Promise<AttackedServer> {
    const root = mkdtempSync(join(tmpdir(), 'werkstatt-attacked-'));
    const temporary = join(root, 'tmp');
    mkdirSync(temporary);
    const env = {
      ...process.env,
      APP_SECRET,
      TMPDIR: temporary,
      TSX_DISABLE_CACHE: '1', // which would be files there, too
      NO_COLOR: '1',
    };
    const child = spawn(process.execPath, ['--import', LOADER, APP], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    const log = (): string => textOf(Buffer.concat(chunks));
    const port = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`It did not start: ${log()}`)),
        START_TIMEOUT,
      );
      const hear = (chunk: Buffer): void => {
        chunks.push(chunk);
        const found = RUNNING.exec(log())?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(Number(found));
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', () => reject(new Error(`It ended: ${log()}`)));
    });
    return new AttackedServer(child, root, port, log);
  }

  get log(): string {
    return this.#log();
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  temporaryFiles(): string[] {
    return readdirSync(join(this.root, 'tmp'), { recursive: true }).map(String);
  }

  openFiles(): number {
    return readdirSync(`/proc/${this.#child.pid}/fd`).length;
  }

  memory(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]) / 1024;
  }

  /** Ends the process and removes its folder. */
  async stop(): Promise<void> {
    if (!this.hasEnded) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** UTF-8; where it is none, one code unit for each octet, so that none is lost. */
function textOf(octets: Buffer): string {
  return isUtf8(octets) ? octets.toString() : octets.toString('latin1');
}
