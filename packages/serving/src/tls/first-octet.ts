import type { Socket } from 'node:net';

/** How a connection to a TLS port begins. */
export type Beginning = 'tls' | 'http' | 'other';

/** The content type of a TLS record with a handshake (RFC 8446 section 5.1). */
const HANDSHAKE = 22;

function beginningOf(octet: number): Beginning {
  if (octet === HANDSHAKE) return 'tls';
  // A method begins with a capital letter.
  return octet >= 0x41 && octet <= 0x5a ? 'http' : 'other';
}

/**
 * Looks at the first octet that a client sends, and puts it back. A client that sends none is cut.
 *
 * @param timeout milliseconds for it.
 * @param begun called once it is there; never for a client that goes away before.
 */
export function lookAtFirstOctet(
  socket: Socket,
  timeout: number,
  begun: (beginning: Beginning) => void,
): void {
  const destroy = (): void => void socket.destroy();
  const first = (chunk: Buffer): void => {
    socket.pause();
    socket.off('end', destroy);
    socket.off('error', destroy);
    socket.off('timeout', destroy);
    socket.setTimeout(0);
    socket.unshift(chunk);
    begun(beginningOf(chunk[0]!));
  };
  socket.once('data', first);
  socket.on('end', destroy);
  socket.on('error', destroy);
  socket.on('timeout', destroy);
  socket.setTimeout(timeout);
}
