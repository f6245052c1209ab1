import type { Body } from '@werkstatt/core/protocol';

/** What a body's chunks are pulled from. */
export type BodyIterator = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

/** Whether a body is to be closed; one that throws when asked is, where its error is caught. */
export function hasClose(body: Body | null): boolean {
  try {
    return typeof body?.close === 'function';
  } catch {
    return true;
  }
}

/**
 * Gives a body up: ends its iterator, then closes it, whatever the first of them does.
 *
 * @param timeout milliseconds for the iterator's end: one that hangs must not keep its body open.
 * @param failed told of each error, and whether `close()` made it.
 */
export async function releaseBody(
  iterator: BodyIterator | null,
  body: Body | null,
  timeout: number,
  failed: (error: unknown, closing: boolean) => void,
): Promise<void> {
  try {
    if (!(await settles(iterator?.return?.(), timeout))) {
      failed(
        new Error(
          `A body's iterator has not ended after ${timeout} ms; let it watch gateway.signal.`,
        ),
        false,
      );
    }
  } catch (error) {
    failed(error, false);
  }
  try {
    await body?.close?.();
  } catch (error) {
    failed(error, true);
  }
}

/** Waits for a promise; `false` when it has not settled in time. */
async function settles(ending: unknown, timeout: number): Promise<boolean> {
  if (typeof (ending as Promise<unknown> | undefined)?.then !== 'function') return true;
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(late.resolve, timeout, false).unref();
  try {
    return await Promise.race([Promise.resolve(ending).then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
