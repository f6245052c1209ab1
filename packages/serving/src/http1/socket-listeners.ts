import type { Socket } from 'node:net';

/** What is told of what happens to a socket. */
export interface SocketOwner {
  received(chunk: Buffer): void;
  /** The socket has room again. */
  drained(): void;
  /** The client has ended its side. */
  clientEnds(): void;
  failed(error: Error): void;
  gone(): void;
}

/** Where a socket has its owner. */
const OWNER = Symbol('werkstatt.owner');

interface OwnedSocket extends Socket {
  [OWNER]: SocketOwner;
}

/**
 * Tells `owner` of what happens to the socket, which ends where it times out. All sockets share the
 * listeners: functions of their own would be a fifth of what an idle connection takes of the heap.
 */
export function listen(socket: Socket, owner: SocketOwner): void {
  (socket as OwnedSocket)[OWNER] = owner;
  socket.on('data', onData);
  socket.on('drain', onDrain);
  socket.on('end', onEnd);
  socket.on('error', onError);
  socket.on('timeout', onTimeout);
  socket.on('close', onClose);
}

/** Tells no more of what arrives. */
export function stopReceiving(socket: Socket): void {
  socket.off('data', onData);
}

function onData(this: OwnedSocket, chunk: Buffer): void {
  this[OWNER].received(chunk);
}

function onDrain(this: OwnedSocket): void {
  this[OWNER].drained();
}

function onEnd(this: OwnedSocket): void {
  this[OWNER].clientEnds();
}

function onError(this: OwnedSocket, error: Error): void {
  this[OWNER].failed(error);
}

function onTimeout(this: OwnedSocket): void {
  this.destroy();
}

function onClose(this: OwnedSocket): void {
  this[OWNER].gone();
}
