import {
  type Body,
  type Environ,
  GATEWAY_APP,
  type GatewayApp,
  type StartResponse,
} from '@werkstatt/core';

/** The name under which `console.log` and Node's debugger look for an object's own description. */
const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

export interface CallableApp extends GatewayApp {
  /** Marks instances as gateway applications. */
  readonly [GATEWAY_APP]: true;
}

/**
 * The base of classes whose instances are gateway applications: `instance(environ, startResponse)`
 * calls its `handle()`. Fields, `#private` names, accessors and subclasses work as in any class.
 *
 * An instance is a function, which shows in three places: `structuredClone()` refuses it, deep
 * equality compares it by identity, and its own `name` and `length` are read-only, so a subclass
 * declares these as fields rather than assigning them.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface adds the call signature.
export abstract class CallableApp {
  constructor() {
    // The arrow stands in an argument, nameless: a loader that keeps names (tsx, esbuild) would
    // otherwise name every instance anew, at ten times the cost of making it.
    const app: this = Object.setPrototypeOf(
      (environ: Environ, startResponse: StartResponse) => app.handle(environ, startResponse),
      new.target.prototype,
    );
    // biome-ignore lint/correctness/noConstructorReturn: the instance is the function.
    return app;
  }

  static {
    Object.setPrototypeOf(CallableApp.prototype, Function.prototype);
    Object.defineProperties(CallableApp.prototype, {
      [GATEWAY_APP]: { value: true },
      [INSPECT]: { value: CallableApp.prototype.toJSON },
    });
  }

  /** Answers one request, as the gateway protocol has it. */
  abstract handle(environ: Environ, startResponse: StartResponse): Body | Promise<Body>;

  /** A short description; it would be the source text of a function otherwise. */
  toString(): string {
    return `[${this.constructor.name}]`;
  }

  /** The description again: without it, JSON would drop the instance without a word. */
  toJSON(): string {
    return this.toString();
  }
}
