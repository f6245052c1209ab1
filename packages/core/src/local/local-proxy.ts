import { defineInspect } from '../datastructures/inspect.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { UnboundLocalError } from './unbound-local-error.ts';

/** How a `LocalProxy` behaves. */
export interface LocalProxyOptions {
  /** What it stands for, for the text of the error. */
  name?: string | undefined;
  /** The text of the error where there is nothing that it stands for. */
  unboundMessage?: string | undefined;
  /** Whether it can be called, and `typeof` says `function`. Default: false. */
  callable?: boolean | undefined;
}

/** Gives what a proxy stands for here and now; `null` and `undefined` are nothing. */
export type LocalSource<T extends object> =
  | (() => T | null | undefined)
  | { getStore(): T | null | undefined };

/** How a `LocalProxy` is made. */
export interface LocalProxyConstructor {
  /**
   * @param source a function, or an `AsyncLocalStorage`.
   */
  new <T extends object>(source: LocalSource<T>, options?: LocalProxyOptions): T;
}

const sources = new WeakMap<object, () => object | null | undefined>();

/**
 * An object that stands for another, which it asks for each time it is used: a module can export
 * `currentUser`, and every request sees its own. Properties, methods, `in`, `instanceof`, iteration
 * and JSON go to the other object. Not so `===`, `typeof` and `Array.isArray`; `currentObject()`
 * gives what they are to be asked of.
 */
export const LocalProxy: LocalProxyConstructor = function makeProxy<T extends object>(
  source: LocalSource<T>,
  options: LocalProxyOptions = {},
): T {
  const find = typeof source === 'function' ? source : () => source.getStore();
  const target = options.callable ? makeCallable() : {};
  // Who shows a proxy looks at its target, and not at what that stands for.
  defineInspect(target, (_, depth, inspectOptions, inspect) => {
    const current = find();
    return current == null
      ? '[LocalProxy: unbound]'
      : inspect(current, { ...inspectOptions, depth });
  });
  const proxy = new Proxy(target, new ProxyToCurrent(find, options));
  sources.set(proxy, find);
  return proxy as T;
} as unknown as LocalProxyConstructor;

/**
 * What a proxy stands for here and now.
 *
 * @throws UnboundLocalError when that is nothing.
 * @throws ArgumentError when it is no `LocalProxy`.
 */
export function currentObject<T extends object>(proxy: T): T {
  const current = sourceOf(proxy)();
  if (current == null) throw new UnboundLocalError('There is no object in this context.');
  return current as T;
}

/** Whether a proxy stands for anything here and now. */
export function isBound(proxy: object): boolean {
  return sourceOf(proxy)() != null;
}

function sourceOf(proxy: object): () => object | null | undefined {
  const source = sources.get(proxy);
  if (!source) throw new ArgumentError('This is no LocalProxy.');
  return source;
}

/** A function and constructor without the properties that a proxy must not hide. */
function makeCallable(): object {
  return function callable(): void {}.bind(null);
}

class ProxyToCurrent implements ProxyHandler<object> {
  readonly #find: () => object | null | undefined;
  readonly #message: string;

  constructor(find: () => object | null | undefined, options: LocalProxyOptions) {
    this.#find = find;
    this.#message =
      options.unboundMessage ??
      `There is no ${options.name ?? 'object'} in this context. It is set while a request is ` +
        'handled, for what that request does; code that runs by itself has to set it first.';
  }

  #current(): object {
    const current = this.#find();
    if (current == null) throw new UnboundLocalError(this.#message);
    return current;
  }

  get(_: object, name: string | symbol): unknown {
    const current = this.#current();
    // Getters and methods may use private fields, which the proxy itself does not have.
    const value: unknown = Reflect.get(current, name, current);
    if (typeof value !== 'function' || name === 'constructor') {
      return name === 'toJSON' && value === undefined ? () => current : value;
    }
    return isClass(value) ? value : value.bind(current);
  }

  set(_: object, name: string | symbol, value: unknown): boolean {
    const current = this.#current();
    return Reflect.set(current, name, value, current);
  }

  has(_: object, name: string | symbol): boolean {
    return Reflect.has(this.#current(), name);
  }

  deleteProperty(_: object, name: string | symbol): boolean {
    return Reflect.deleteProperty(this.#current(), name);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.#current());
  }

  getOwnPropertyDescriptor(_: object, name: string | symbol): PropertyDescriptor | undefined {
    const descriptor = Reflect.getOwnPropertyDescriptor(this.#current(), name);
    // The proxy's own target does not have it, so it has to look as if it could go.
    return descriptor && { ...descriptor, configurable: true };
  }

  defineProperty(_: object, name: string | symbol, descriptor: PropertyDescriptor): boolean {
    return Reflect.defineProperty(this.#current(), name, { ...descriptor, configurable: true });
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.#current());
  }

  setPrototypeOf(): boolean {
    return false;
  }

  preventExtensions(): boolean {
    return false;
  }

  apply(_: object, self: unknown, args: unknown[]): unknown {
    return Reflect.apply(this.#current() as () => unknown, self, args);
  }

  construct(_: object, args: unknown[]): object {
    return Reflect.construct(this.#current() as () => unknown, args);
  }
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
