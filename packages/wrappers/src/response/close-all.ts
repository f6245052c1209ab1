import { isThenable } from '../values/is-thenable.ts';

/** Something to do when a response is over. */
export type CloseCallback = () => unknown;

/**
 * Calls each callback in order, whatever becomes of the others; a promise is awaited before the
 * next. Without promises it stays synchronous.
 *
 * @throws what a callback threw; an AggregateError if several did.
 */
export function closeAll(callbacks: readonly CloseCallback[]): void | Promise<void> {
  const errors: unknown[] = [];
  for (const [index, callback] of callbacks.entries()) {
    try {
      const result = callback();
      if (isThenable(result)) {
        return closeRest(result, callbacks.slice(index + 1), errors);
      }
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

async function closeRest(
  pending: PromiseLike<unknown>,
  callbacks: readonly CloseCallback[],
  errors: unknown[],
): Promise<void> {
  for (const callback of [() => pending, ...callbacks]) {
    try {
      await callback();
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

function throwAll(errors: unknown[]): void {
  if (errors.length === 1) {
    throw errors[0];
  }
  if (errors.length > 1) {
    throw new AggregateError(errors, `${errors.length} callbacks failed while a response closed.`);
  }
}
