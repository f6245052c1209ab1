/** A member of a structured header was asked for that is not there. */
export class MissingMemberError extends RangeError {
  readonly code: string = 'WERKSTATT_ERR_MISSING_MEMBER';

  /** @param member the member, or its position. */
  constructor(member: string | number, header: string) {
    const what = typeof member === 'number' ? `at position ${member}` : JSON.stringify(member);
    super(`There is no member ${what} in ${JSON.stringify(header)}. Look with has() or find().`);
    this.name = 'MissingMemberError';
  }
}
