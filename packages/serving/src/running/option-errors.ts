/** An option or argument that is unknown, or has a value that is not allowed. */
export class OptionError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_OPTION';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OptionError';
  }
}

/** An option that is known and has no effect in this version, so that it is refused. */
export class NotAvailableError extends Error {
  readonly code: string = 'WERKSTATT_ERR_NOT_AVAILABLE';

  /**
   * @param what the option as it was written, such as `threaded: true`.
   * @param instead what to do now, as an imperative sentence.
   */
  constructor(what: string, instead: string) {
    super(`${what} is not available in this version. ${instead}`);
    this.name = 'NotAvailableError';
  }
}
