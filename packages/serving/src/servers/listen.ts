import net from 'node:net';
import { fs } from '../node-modules.ts';
import type { BindTarget } from './addresses.ts';

/** Errors that say that this machine has no such address: IPv6 is switched off, say. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * Binds one listening socket.
 *
 * @param mode the rights of a Unix socket's file; what the umask leaves by default.
 * @returns `false` when the target is optional and this machine lacks its address.
 * @throws the system's error, such as EADDRINUSE.
 */
export async function bind(
  server: net.Server,
  target: BindTarget,
  port: number,
  backlog: number,
  mode?: number,
): Promise<boolean> {
  const listen = (): Promise<void> =>
    target.kind === 'unix' && mode !== undefined
      ? listenWithMode(server, target.path, backlog, mode)
      : listening(server, () => server.listen(listenOptions(target, port, backlog)));
  try {
    await listen();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (target.kind === 'tcp' && target.optional && NO_SUCH_ADDRESS.has(code)) return false;
    if (target.kind !== 'unix' || code !== 'EADDRINUSE' || !(await isStale(target.path))) {
      throw error;
    }
    fs.unlinkSync(target.path);
    await listen();
  }
  return true;
}

function listenOptions(
  target: BindTarget,
  port: number,
  backlog: number,
): net.ListenOptions & { fd?: number } {
  if (target.kind === 'fd') return { fd: target.fd, backlog };
  if (target.kind === 'unix') return { path: target.path, backlog };
  return target.host === undefined ? { port, backlog } : { port, host: target.host, backlog };
}

/** Waits for what `listen` begins. */
function listening(server: net.Server, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const listens = (): void => {
      server.off('error', fails);
      resolve();
    };
    const fails = (error: Error): void => {
      server.off('listening', listens);
      reject(error);
    };
    server.once('error', fails);
    server.once('listening', listens);
    listen();
  });
}

/** The umask under which nobody but its owner may use what is made. */
const OWNER_ONLY = 0o177;

/**
 * Listens on a Unix socket whose file has `mode` before anybody else could connect: it is made for
 * its owner alone, and its rights are set in the same breath, since Node binds at once. The umask is
 * the whole process's; for the moment that it is changed it is as strict as it can be.
 */
function listenWithMode(
  server: net.Server,
  path: string,
  backlog: number,
  mode: number,
): Promise<void> {
  return listening(server, () => {
    const before = process.umask(OWNER_ONLY);
    try {
      server.listen({ path, backlog });
    } finally {
      process.umask(before);
    }
    // Where it is not bound, the error comes as an event.
    if (!server.listening) return;
    try {
      fs.chmodSync(path, mode);
    } catch (error) {
      server.close();
      throw error;
    }
  });
}

/** Whether a path is a socket that nobody listens on: a server before left it behind. */
async function isStale(path: string): Promise<boolean> {
  if (!fs.lstatSync(path).isSocket()) return false;
  return new Promise((resolve) => {
    const probe = net.connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
