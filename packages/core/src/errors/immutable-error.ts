/** A change to a collection that is read-only. */
export class ImmutableError extends TypeError {
  readonly code: string = 'WERKSTATT_ERR_IMMUTABLE';

  /**
   * @param collection the class of what was to be changed.
   * @param remedy what to do instead, as an imperative sentence.
   */
  constructor(collection: string, remedy: string) {
    super(`${collection} is read-only. ${remedy}`);
    this.name = 'ImmutableError';
  }
}
