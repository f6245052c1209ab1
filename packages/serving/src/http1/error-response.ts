import { HTTPException, InternalServerError } from '@werkstatt/core/exceptions';
import type { HeaderList } from '@werkstatt/core/protocol';

export interface ErrorResponse {
  readonly status: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

/**
 * The answer in place of one that an application failed to give. It says nothing of the error: that
 * is in the log.
 *
 * @param error the HTTP exception that the server itself raised while the body was read, if any.
 */
export function errorResponse(error: unknown): ErrorResponse {
  const exception = error instanceof HTTPException ? error : new InternalServerError();
  return {
    status: `${exception.code} ${exception.reason}`,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: Buffer.from(exception.getBody()),
  };
}
