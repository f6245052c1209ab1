/** The stable codes of the errors that this package throws, with the line that explains each. */
export const WRAPPER_ERROR_CODES = {
  WERKSTATT_ERR_INVALID_BODY: 'A response was given something that cannot be a body.',
  WERKSTATT_ERR_INVALID_STATUS: 'A response was given a status that cannot be sent.',
  WERKSTATT_ERR_BODY_CONSUMED: 'A stream that can be read once was to be read again.',
  WERKSTATT_ERR_HANDLER_RESULT: 'A handler did not return an application.',
  WERKSTATT_ERR_SPOOL: 'An uploaded file could not be stored or read, or was closed before.',
  WERKSTATT_ERR_STREAM_CLOSED: 'A response was written to after the end of its body.',
  WERKSTATT_ERR_STREAM_OVERFLOW: 'More was written to a response than its client takes.',
  WERKSTATT_ERR_CLIENT_GONE: 'A response was written to that nobody receives any more.',
  WERKSTATT_ERR_INVALID_EVENT: 'A server-sent event has a field that cannot be sent.',
  WERKSTATT_ERR_TRUNCATED_BODY: 'The source of a body ended before the length that was announced.',
  WERKSTATT_ERR_SHALLOW_REQUEST: 'The body of a request was to be read that was made without one.',
  WERKSTATT_ERR_REQUEST_CLOSED: 'The body of a request was to be read after its end.',
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

/** A response was written to after the end of its body. */
export class StreamClosedError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_STREAM_CLOSED';
  override readonly name: string = 'StreamClosedError';
}

/** More was written to a response, without waiting, than is kept for a client that reads slowly. */
export class StreamOverflowError extends RangeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_STREAM_OVERFLOW';
  override readonly name: string = 'StreamOverflowError';
}

/** A response was written to that nobody receives any more. */
export class ClientGoneError extends Error {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_CLIENT_GONE';
  override readonly name: string = 'ClientGoneError';
}

/** A server-sent event has a field that can't be sent. */
export class InvalidEventError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_INVALID_EVENT';
  override readonly name: string = 'InvalidEventError';
}

/**
 * What a body is read from ended before the length that was announced, as a file that shrank while
 * it was sent. The connection is cut, so that the client does not take it for complete.
 */
export class TruncatedBodyError extends Error {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_TRUNCATED_BODY';
  override readonly name: string = 'TruncatedBodyError';

  /**
   * @param missing how many bytes were still to come.
   * @param source what ended. Default: the source of the body.
   */
  constructor(missing: number, source: string = 'The source of the body') {
    super(
      `${source} ended ${missing} bytes before the length that was announced. Announce the length ` +
        'that there is, and put a new file in the place of an old one instead of changing it.',
    );
  }
}

/** The body of a request was to be read that was made `shallow`. */
export class ShallowRequestError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_SHALLOW_REQUEST';
  override readonly name: string = 'ShallowRequestError';
}

/** The body of a request was to be read after its end. */
export class RequestClosedError extends TypeError {
  readonly code: WrapperErrorCode = 'WERKSTATT_ERR_REQUEST_CLOSED';
  override readonly name: string = 'RequestClosedError';
}
