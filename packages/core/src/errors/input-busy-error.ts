/** A body was to be read by two at the same time, who would take pieces from each other. */
export class InputBusyError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_INPUT_BUSY';

  /** @param input what is being read, as a noun phrase. */
  constructor(input: string) {
    super(`${input} is being read already. Await one read before the next.`);
    this.name = 'InputBusyError';
  }
}
