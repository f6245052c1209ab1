/** `abort()` was called with a status that no exception class stands for. */
export class UnknownStatusError extends RangeError {
  readonly code: string = 'WERKSTATT_ERR_UNKNOWN_STATUS';

  constructor(status: unknown) {
    super(
      `abort(${String(status)}): no exception class stands for this status. ` +
        'Use one of the 4xx and 5xx codes in defaultExceptions, pass a response, or add a class with an Aborter.',
    );
    this.name = 'UnknownStatusError';
  }
}
