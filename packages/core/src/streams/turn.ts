import { InputBusyError } from '../errors/input-busy-error.ts';

/** Lets one read at a time use an input, for two would take pieces from each other. */
export class Turn {
  #taken = false;

  /**
   * A read begins; `end()` has to follow.
   *
   * @throws InputBusyError when another one has not ended.
   */
  begin(): void {
    if (this.#taken) throw new InputBusyError('The input');
    this.#taken = true;
  }

  /** The read has ended. */
  end(): void {
    this.#taken = false;
  }

  /**
   * Runs a read.
   *
   * @throws InputBusyError when another one has not ended.
   */
  async take(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
    this.begin();
    try {
      return await read();
    } finally {
      this.end();
    }
  }
}
