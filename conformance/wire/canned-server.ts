import { createServer } from 'node:net';

/** What a canned server does with every connection. */
export interface CannedBehaviour {
  /** Sent once the first octets have come, one code point per octet. */
  octets: string;
  /** @default 'open' */
  ending?: 'open' | 'end' | 'reset';
}

/** A server that sends the same octets to everyone, so that a checker's verdict can be known. */
export async function startCannedServer(
  behaviour: CannedBehaviour | ((request: string) => CannedBehaviour),
): Promise<AsyncDisposable & { host: string; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (request) => {
      const { octets, ending = 'open' } =
        typeof behaviour === 'function' ? behaviour(request.toString('latin1')) : behaviour;
      socket.write(octets, 'latin1', () => {
        if (ending === 'end') socket.end();
        else if (ending === 'reset') socket.resetAndDestroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    host: '127.0.0.1',
    port: address.port,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}
