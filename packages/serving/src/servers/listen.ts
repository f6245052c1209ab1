import net from 'node:net';
import { fs } from '../node-modules.ts';
import type { BindTarget } from './addresses.ts';

/** Errors that say that this machine has no such address: IPv6 is switched off, say. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * Binds one listening socket.
 *
 * @returns `false` when the target is optional and this machine lacks its address.
 * @throws the system's error, such as EADDRINUSE.
 */
export async function bind(
  server: net.Server,
  target: BindTarget,
  port: number,
  backlog: number,
): Promise<boolean> {
  try {
    await listen(server, listenOptions(target, port, backlog));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (target.kind === 'tcp' && target.optional && NO_SUCH_ADDRESS.has(code)) return false;
    if (target.kind !== 'unix' || code !== 'EADDRINUSE' || !(await isStale(target.path))) {
      throw error;
    }
    fs.unlinkSync(target.path);
    await listen(server, listenOptions(target, port, backlog));
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

function listen(server: net.Server, options: net.ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
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
