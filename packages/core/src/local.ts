/**
 * What belongs to a request and is reached from anywhere within it, by `AsyncLocalStorage`. Node,
 * Deno and Bun have it; this entry alone needs it.
 */
export { Local, type LocalCall, type LocalConstructor } from './local/local.ts';
export { LocalManager } from './local/local-manager.ts';
export {
  currentObject,
  isBound,
  LocalProxy,
  type LocalProxyConstructor,
  type LocalProxyOptions,
  type LocalSource,
} from './local/local-proxy.ts';
export { LocalStack } from './local/local-stack.ts';
export { type AnyLocal, releaseLocal } from './local/release-local.ts';
export { UnboundLocalError } from './local/unbound-local-error.ts';
