/** A password that cannot be hashed, or a method of hashing that is unknown or out of bounds. */
export class PasswordHashError extends RangeError {
  readonly code: string = 'WERKSTATT_ERR_PASSWORD_HASH';

  constructor(message: string) {
    super(message);
    this.name = 'PasswordHashError';
  }
}
