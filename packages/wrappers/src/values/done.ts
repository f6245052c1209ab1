/** The end of an iteration. */
export const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };
