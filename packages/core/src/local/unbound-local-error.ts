/** A `LocalProxy` was used where there is nothing for it to stand for. */
export class UnboundLocalError extends ReferenceError {
  readonly code: string = 'WERKSTATT_ERR_UNBOUND_LOCAL';

  constructor(message: string) {
    super(message);
    this.name = 'UnboundLocalError';
  }
}
