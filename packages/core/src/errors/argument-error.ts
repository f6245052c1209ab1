/** A function was called with an argument that it cannot take, or some that do not go together. */
export class ArgumentError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_ARGUMENT';

  constructor(message: string) {
    super(message);
    this.name = 'ArgumentError';
  }
}
