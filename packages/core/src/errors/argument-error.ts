/** A function was called with arguments that do not go together. */
export class ArgumentError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_ARGUMENT';

  constructor(message: string) {
    super(message);
    this.name = 'ArgumentError';
  }
}
