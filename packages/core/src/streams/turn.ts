/** Lets one read at a time use an input, for two would take pieces from each other. */
export class Turn {
  #taken = false;

  /**
   * Runs a read.
   *
   * @throws Error when another one has not ended.
   */
  async take(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (this.#taken) {
      throw new Error('The input is being read already: await one read before the next.');
    }
    this.#taken = true;
    try {
      return await read();
    } finally {
      this.#taken = false;
    }
  }
}
