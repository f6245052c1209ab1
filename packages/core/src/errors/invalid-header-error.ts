/** A header name or value that cannot be sent. */
export class InvalidHeaderError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_INVALID_HEADER';

  constructor(message: string) {
    super(message);
    this.name = 'InvalidHeaderError';
  }
}
