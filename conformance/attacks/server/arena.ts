import { runServerAttack, type ServerVerdict } from './run-server-attack.ts';
import { asksDebugger, type ServerAttack } from './server-case.ts';
import { AttackedServer } from './start-server.ts';

const CONSOLE = "the debugger's console";

/** Applications of the fixture that have to wait, and for what. */
const LATER_APPS: ReadonlyMap<string, string> = new Map([
  ['proxied', 'ProxyFix'],
  ['debug', CONSOLE],
  ['debugWorkers', CONSOLE],
]);

/** Runs attacks, one after the other, on a server that is started when the first one needs it. */
export class Arena {
  #server: AttackedServer | undefined;

  /** Runs one attack. A server that did not survive the last one is replaced. */
  async run(attack: ServerAttack): Promise<ServerVerdict> {
    const later = asksDebugger(attack) ? CONSOLE : LATER_APPS.get(attack.app);
    if (later !== undefined) return { kind: 'waits', reason: later };
    if (attack.app !== 'main') return { kind: 'fails', why: `there is no app ${attack.app}` };
    if (attack.skipAsRoot && process.getuid?.() === 0)
      return { kind: 'waits', reason: 'not as root' };
    if (attack.freshServer || this.#server?.hasEnded) await this.close();
    this.#server ??= await AttackedServer.start();
    return runServerAttack(attack, this.#server);
  }

  /** Ends the server, if there is one. */
  async close(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }
}
