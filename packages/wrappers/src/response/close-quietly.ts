import type { CloseCallback } from '@werkstatt/core';
import { awaitedLate } from '../values/awaited-late.ts';

/** Closes what is not going to be sent; the error that is thrown says more than those of this. */
export function closeQuietly(close: CloseCallback): void {
  const closing = async (): Promise<unknown> => close();
  void awaitedLate(closing());
}
