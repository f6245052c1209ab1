import type { GatewayApp } from '../protocol.ts';
import { Aborter } from './aborter.ts';
import type { HTTPExceptionOptions } from './http-exception.ts';

const aborter: Aborter = new Aborter();

/**
 * Throws the exception that stands for a status code, or one that carries a finished response:
 *
 * ```ts
 * abort(404);
 * abort(429, 'Not so fast.', { retryAfter: 20 });
 * abort(redirect('/login'));
 * ```
 *
 * For classes of one's own, see `Aborter`.
 *
 * @param status a status code with an exception class, or a gateway app to answer with.
 * @param description what the client is told.
 * @param options passed to the class, which takes from it what it knows.
 * @throws HTTPException of the class for `status`.
 * @throws UnknownStatusError when no class stands for `status`.
 */
export function abort(
  status: number | GatewayApp,
  description?: string,
  options: HTTPExceptionOptions & Readonly<Record<string, unknown>> = {},
): never {
  aborter.abort(status, description, options);
}
