import { InputBusyError } from '../errors/input-busy-error.ts';

/** Lets one read at a time use an input, for two would take pieces from each other. */
export class Turn {
  #taken = false;

  /**
   * Runs a read.
   *
   * @throws InputBusyError when another one has not ended.
   */
  async take(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (this.#taken) throw new InputBusyError('The input');
    this.#taken = true;
    try {
      return await read();
    } finally {
      this.#taken = false;
    }
  }
}
