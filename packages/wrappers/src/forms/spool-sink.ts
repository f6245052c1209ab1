import type { Spool } from './spool.ts';
import type { SpooledContent } from './spooled-content.ts';
import type { FileSink } from './stream-factory.ts';

/** One file on its way into a form's spool, in which no other may be written until it is done. */
export class SpoolSink implements FileSink {
  readonly #spool: Spool;
  readonly #start: number;
  #size = 0;
  #content: SpooledContent | undefined;

  constructor(spool: Spool) {
    this.#spool = spool;
    this.#start = spool.size;
  }

  write(bytes: Uint8Array): void | Promise<void> {
    this.#size += bytes.length;
    return this.#spool.write(bytes);
  }

  finish(): SpooledContent {
    this.#content = this.#spool.contentOf(this.#start, this.#size);
    return this.#content;
  }

  async abort(): Promise<void> {
    await this.#content?.close();
  }
}
