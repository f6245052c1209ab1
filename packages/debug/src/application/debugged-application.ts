import type { Body, Environ, GatewayApp, StartResponse } from '@werkstatt/core';
import { CallableApp } from '@werkstatt/wrappers';
import { DebuggedRequest } from './debugged-request.ts';

/** What a `DebuggedApplication` can be told. */
export interface DebuggedApplicationOptions {
  /**
   * Evaluate expressions in the frames of an error. Accepted, and without effect in this version,
   * which has no console.
   *
   * @default false
   */
  evalex?: boolean;
}

/**
 * An application around an application, for development: an error that is thrown before the first
 * octet of an answer becomes a page with its stack, HTML for a browser and text for anything else.
 * A later error is thrown on, so that the server breaks the answer off; an `HTTPException` passes
 * through.
 *
 * Never use it where strangers can reach it: the page shows where the code lies, and messages of
 * errors may hold secrets.
 *
 * @example
 * ```ts
 * import { DebuggedApplication } from '@werkstatt/debug';
 * import { runSimple } from '@werkstatt/serving';
 * import { Request } from '@werkstatt/wrappers';
 *
 * const application = Request.application(() => {
 *   throw new Error('Not today.');
 * });
 * await runSimple('localhost', 4000, new DebuggedApplication(application));
 * ```
 */
export class DebuggedApplication extends CallableApp {
  /** The application inside. */
  readonly app: GatewayApp;
  readonly evalex: boolean;

  constructor(app: GatewayApp, { evalex = false }: DebuggedApplicationOptions = {}) {
    super();
    this.app = app;
    this.evalex = evalex;
  }

  override handle(environ: Environ, startResponse: StartResponse): Body | Promise<Body> {
    return new DebuggedRequest(environ, startResponse).run(this.app);
  }
}
