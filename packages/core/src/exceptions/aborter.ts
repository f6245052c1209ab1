import { UnknownStatusError } from '../errors/unknown-status-error.ts';
import type { GatewayApp } from '../protocol.ts';
import { defaultExceptions, type HTTPExceptionClass } from './default-exceptions.ts';
import { HTTPException, type HTTPExceptionOptions } from './http-exception.ts';

/** Which class stands for which status. */
export interface AborterOptions {
  /** The classes to start with. Default: `defaultExceptions`. */
  mapping?: Iterable<readonly [status: number, kind: HTTPExceptionClass]> | undefined;
  /** Classes to add to them, or to put in their place. */
  extra?: Iterable<readonly [status: number, kind: HTTPExceptionClass]> | undefined;
}

/**
 * Throws the exceptions of a mapping of its own:
 *
 * ```ts
 * const aborter: Aborter = new Aborter({ extra: [[402, PaymentRequired]] });
 * aborter.abort(402);
 * ```
 *
 * With the type written down, as here, TypeScript knows that nothing after the call runs.
 */
export class Aborter {
  /** The class that stands for each status code. */
  readonly mapping: ReadonlyMap<number, HTTPExceptionClass>;

  constructor({ mapping = defaultExceptions, extra = [] }: AborterOptions = {}) {
    this.mapping = new Map([...mapping, ...extra]);
  }

  /**
   * Throws the exception that stands for a status code, or one that carries a finished response.
   *
   * @param status a status code of the mapping, or a gateway app to answer with.
   * @param description what the client is told.
   * @param options passed to the class, which takes from it what it knows.
   * @throws HTTPException of the class for `status`.
   * @throws UnknownStatusError when no class stands for `status`.
   */
  abort(
    status: number | GatewayApp,
    description?: string,
    options: HTTPExceptionOptions & Readonly<Record<string, unknown>> = {},
  ): never {
    if (typeof status === 'function') {
      throw new HTTPException(description, { ...options, response: status });
    }
    const kind = this.mapping.get(status);
    if (!kind) throw new UnknownStatusError(status);
    throw new kind(description, options);
  }
}
