import { connect, type Socket } from 'node:net';

/** Connections that wait after one request each. */
export interface OpenConnections {
  /** How many of them the server has closed meanwhile. */
  closed(): number;
  end(): void;
}

/** So many connect at a time: more would ask for what the kernel's queue can't hold. */
const AT_A_TIME = 200;

/**
 * Opens connections, sends a request on each and waits for its answer.
 *
 * @throws Error when one is refused, or answers with anything but a 200.
 */
export async function openConnections(url: string, count: number): Promise<OpenConnections> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let closed = 0;
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      socket.setNoDelay(true);
      socket.once('error', reject);
      socket.once('close', () => closed++);
      socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
      socket.once('data', (head) => {
        if (head.toString('latin1').startsWith('HTTP/1.1 200 ')) resolve();
        else reject(new Error(`A connection was answered with ${head.toString('latin1')}`));
      });
    });
  for (let opened = 0; opened < count; opened += AT_A_TIME) {
    await Promise.all(Array.from({ length: Math.min(AT_A_TIME, count - opened) }, open));
  }
  return {
    closed: () => closed,
    end() {
      for (const socket of sockets) {
        socket.removeAllListeners('error').on('error', () => {});
        socket.destroy();
      }
    },
  };
}
