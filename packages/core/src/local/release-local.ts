import { contextOf } from './contexts.ts';
import type { Local } from './local.ts';
import type { LocalStack } from './local-stack.ts';

/** What keeps a value for each context. */
export type AnyLocal = Local<object> | LocalStack<unknown>;

/** Forgets everything that a local or a stack holds in this context. */
export function releaseLocal(local: AnyLocal): void {
  contextOf(local).release();
}
