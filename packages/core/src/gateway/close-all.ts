/** Something to do when a response, or a request, is over. A promise is waited for. */
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
      if (typeof result === 'object' && result !== null && 'then' in result) {
        return closeRest([() => result, ...callbacks.slice(index + 1)], errors);
      }
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

async function closeRest(callbacks: readonly CloseCallback[], errors: unknown[]): Promise<void> {
  for (const callback of callbacks) {
    try {
      await callback();
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

function throwAll(errors: unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) {
    throw new AggregateError(errors, `${errors.length} of the callbacks for the end failed.`);
  }
}
