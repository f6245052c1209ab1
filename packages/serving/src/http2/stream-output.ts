import type { ServerHttp2Stream } from 'node:http2';
import type { HeaderList } from '@werkstatt/core/protocol';
import type { ResponseOutput } from '../http1/exchange-connection.ts';

/** Puts the content of one response into its stream: what is sent in one loop turn leaves together. */
export class StreamOutput implements ResponseOutput {
  pending = 0;
  readonly takesTrailers = true;
  /** What follows the content, once it has ended. */
  trailers: HeaderList | null = null;

  readonly #stream: ServerHttp2Stream;
  #scheduled = false;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  get blocked(): boolean {
    return this.#stream.writableNeedDrain;
  }

  content(chunk: Uint8Array): void {
    const stream = this.#stream;
    if (stream.destroyed || stream.closed) return;
    if (this.pending === 0) stream.cork();
    this.pending += chunk.length;
    stream.write(chunk);
  }

  endContent(trailers: HeaderList | null): void {
    this.trailers = trailers;
  }

  flush(): void {
    if (this.pending === 0) return;
    this.pending = 0;
    this.#stream.uncork();
  }

  flushSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }
}
