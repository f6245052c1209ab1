/** A cookie that cannot be sent, or that no browser would take. */
export class InvalidCookieError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_INVALID_COOKIE';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InvalidCookieError';
  }
}
