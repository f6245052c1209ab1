import type { Socket } from 'node:net';
import type { HeaderList } from '@werkstatt/core/protocol';
import type { ResponseOutput } from './exchange-connection.ts';
import { latin1 } from './octets.ts';
import { fieldLines } from './response-head.ts';

/** Up to this many octets are joined to the text before them; more leave in a write of their own. */
const JOIN_LIMIT = 4096;
/** With this much collected, a body's pump flushes and looks whether the socket has room. */
export const FLUSH_SIZE = 65_536;

/**
 * Collects what a connection sends, so that one loop turn is one write: text as latin-1, small
 * chunks joined to it, large ones corked beside it, never copied.
 */
export class Output implements ResponseOutput {
  /** Octets collected and not flushed. */
  pending = 0;
  /** The content of the response under way is in chunked coding (RFC 9112 section 7.1). */
  chunked = false;

  readonly #socket: Socket;
  #text = '';
  #corked = false;
  #scheduled = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** The socket has more to send than it should hold: wait for its `drain`. */
  get blocked(): boolean {
    return this.#socket.writableNeedDrain;
  }

  get takesTrailers(): boolean {
    return this.chunked;
  }

  /** Adds a chunk of a response's content, in the coding that its head named. */
  content(chunk: Uint8Array): void {
    if (!this.chunked) return this.chunk(chunk);
    this.text(`${chunk.length.toString(16)}\r\n`);
    this.chunk(chunk);
    this.text('\r\n');
  }

  /** Ends the content of a response. */
  endContent(trailers: HeaderList | null): void {
    if (!this.chunked) return;
    this.chunked = false;
    this.text(`0\r\n${trailers === null ? '' : fieldLines(trailers)}\r\n`);
  }

  /** Adds text, one octet per character. */
  text(text: string): void {
    this.#text += text;
    this.pending += text.length;
  }

  /** Adds a chunk, which is not changed from now on. */
  chunk(chunk: Uint8Array): void {
    const size = chunk.length;
    this.pending += size;
    if (size <= JOIN_LIMIT) {
      this.#text += latin1(chunk, 0, size);
      return;
    }
    const socket = this.#socket;
    if (!this.#corked) {
      this.#corked = true;
      socket.cork();
    }
    if (this.#text !== '') {
      socket.write(this.#text, 'latin1');
      this.#text = '';
    }
    socket.write(chunk);
  }

  /** Hands everything to the socket. */
  flush(): void {
    this.pending = 0;
    const socket = this.#socket;
    if (this.#text !== '') {
      const text = this.#text;
      this.#text = '';
      socket.write(text, 'latin1');
    }
    if (this.#corked) {
      this.#corked = false;
      socket.uncork();
    }
  }

  /** Flushes once at the end of this loop turn. */
  flushSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(flushScheduled, this);
  }

  /** Called by the loop, for `flushSoon()`. */
  flushNow(): void {
    this.#scheduled = false;
    if (this.pending > 0 && !this.#socket.destroyed) this.flush();
  }

  /** Forgets what was not flushed. */
  drop(): void {
    this.#text = '';
    this.pending = 0;
  }
}

function flushScheduled(output: Output): void {
  output.flushNow();
}
