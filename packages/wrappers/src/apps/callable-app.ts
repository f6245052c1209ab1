import {
  type Body,
  type Environ,
  GATEWAY_APP,
  type GatewayApp,
  type StartResponse,
} from '@werkstatt/core';
import { INSPECT } from '../values/inspect.ts';

const { bind } = Function.prototype;

/** What every instance of a class is bound from, by the prototype of the class. */
const targets = new WeakMap<object, Target>();
let lastPrototype: object | undefined;
let lastTarget: Target;

/** What an instance is bound to: its own way to itself. */
interface Bound {
  app: CallableApp | undefined;
}

/** Calls the instance that it is bound for. */
type Target = (this: Bound, environ: Environ, startResponse: StartResponse) => Body | Promise<Body>;

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
    const target = targetFor(new.target.prototype);
    const self: Bound = { app: undefined };
    const app: this = bind.call(target, self);
    self.app = app;
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

/**
 * The function of which the instances of a class are bound copies. These have its prototype from the
 * start: to set that of each instance takes half as long again.
 */
function targetFor(prototype: object): Target {
  if (prototype === lastPrototype) return lastTarget;
  let target = targets.get(prototype);
  if (target === undefined) {
    target = Object.setPrototypeOf(makeTarget(), prototype) as Target;
    targets.set(prototype, target);
  }
  lastPrototype = prototype;
  lastTarget = target;
  return target;
}

/** A method, as that is no constructor: nor are the instances then. */
function makeTarget(): Target {
  const made: { answer: Target } = {
    answer(environ, startResponse) {
      return this.app!.handle(environ, startResponse);
    },
  };
  return made.answer;
}
