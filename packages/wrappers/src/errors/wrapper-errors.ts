/** The stable codes of the errors that this package throws, with the line that explains each. */
export const WRAPPER_ERROR_CODES = {
  WERKSTATT_ERR_INVALID_BODY: 'A response was given something that cannot be a body.',
  WERKSTATT_ERR_INVALID_STATUS: 'A response was given a status that cannot be sent.',
  WERKSTATT_ERR_BODY_CONSUMED: 'A stream that can be read once was to be read again.',
  WERKSTATT_ERR_HANDLER_RESULT: 'A handler did not return an application.',
  WERKSTATT_ERR_SPOOL: 'An uploaded file could not be stored or read, or was closed before.',
} as const;

/** One of the codes of this package. */
export type WrapperErrorCode = keyof typeof WRAPPER_ERROR_CODES;

/** A response was given something that can't be a body, or part of one. */
export class InvalidBodyError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_INVALID_BODY';
  override readonly name: string = 'InvalidBodyError';
}

/** A response was given a status that can't be sent. */
export class InvalidStatusError extends RangeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_INVALID_STATUS';
  override readonly name: string = 'InvalidStatusError';
}

/** A stream that can be read once was to be read, or sent, again. */
export class BodyConsumedError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_BODY_CONSUMED';
  override readonly name: string = 'BodyConsumedError';
}

/** A handler did not return an application. */
export class HandlerResultError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_HANDLER_RESULT';
  override readonly name: string = 'HandlerResultError';
}

/** An uploaded file could not be stored, or read again, or it was closed before. */
export class SpoolError extends Error {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_SPOOL';
  override readonly name: string = 'SpoolError';
}
