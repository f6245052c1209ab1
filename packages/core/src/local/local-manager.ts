import { AsyncLocalStorage } from 'node:async_hooks';
import type { Body, GatewayApp } from '../protocol.ts';
import { contextOf } from './contexts.ts';
import { type AnyLocal, releaseLocal } from './release-local.ts';

/** Gives several locals a context of their own for each request. */
export class LocalManager {
  /** What is managed; more may be added. */
  readonly locals: AnyLocal[];

  constructor(locals: readonly AnyLocal[] = []) {
    this.locals = [...locals];
  }

  /** Forgets what the locals hold in this context. */
  cleanup(): void {
    for (const local of this.locals) releaseLocal(local);
  }

  /**
   * Calls `callback` in a context of its own: all that it does and awaits shares the locals, and
   * nothing of them gets out.
   */
  run<R>(callback: () => R): R {
    return this.locals.reduceRight<() => R>(
      (inner, local) => () => contextOf(local).run(inner),
      callback,
    )();
  }

  /**
   * An application that gives each request a context of its own, its body included. When the body
   * is closed, the locals are released.
   */
  makeMiddleware(app: GatewayApp): GatewayApp {
    return (environ, startResponse) =>
      this.run(() => {
        const inContext = AsyncLocalStorage.snapshot();
        const cleanup = (): void => this.cleanup();
        const body = app(environ, startResponse);
        if ('then' in body) return body.then((later) => keepIn(inContext, later, cleanup));
        return keepIn(inContext, body, cleanup);
      });
  }

  /** The same as `makeMiddleware`, as a decorator for functions. */
  get middleware(): (app: GatewayApp) => GatewayApp {
    return (app) => this.makeMiddleware(app);
  }
}

type InContext = <R>(callback: () => R) => R;

/** A body whose every step runs in a context; one in memory has no steps. */
function keepIn(inContext: InContext, body: Body, cleanup: () => void): Body {
  const close = (): Promise<void> =>
    inContext(async () => {
      try {
        await body.close?.();
      } finally {
        cleanup();
      }
    });
  if (Symbol.asyncIterator in body) {
    return {
      [Symbol.asyncIterator]: () =>
        stepsIn(
          inContext,
          inContext(() => body[Symbol.asyncIterator]()),
        ),
      close,
    };
  }
  return {
    [Symbol.iterator]: () =>
      stepsIn(
        inContext,
        inContext(() => body[Symbol.iterator]()),
      ),
    close,
  };
}

function stepsIn<I extends Iterator<Uint8Array> | AsyncIterator<Uint8Array>>(
  inContext: InContext,
  steps: I,
): I {
  return {
    next: () => inContext(() => steps.next()),
    return: () => inContext(() => steps.return?.() ?? { done: true, value: undefined }),
  } as I;
}
