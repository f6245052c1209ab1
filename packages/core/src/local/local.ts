import { defineInspect } from '../datastructures/inspect.ts';
import { registerContext } from './contexts.ts';
import { LocalContext } from './local-context.ts';
import { LocalProxy, type LocalProxyOptions } from './local-proxy.ts';

type Values = ReadonlyMap<string, unknown>;

/**
 * Attributes that each context has for itself, so that a module can hold what belongs to a request.
 *
 * ```ts
 * const local = new Local<{ user: User }>();
 * local.user = ada; // for this request only
 * const user = local('user'); // stands for `local.user`, wherever it is used
 * ```
 *
 * `Object.keys`, `in` and `delete` work, and iterating gives pairs. Names are no symbols.
 */
export type Local<T extends object = Record<string, unknown>> = Partial<T> &
  Iterable<[name: string, value: unknown]> &
  LocalCall<T>;

/**
 * Gives an object that stands for an attribute's value in whichever context it is used.
 *
 * @throws UnboundLocalError where there is none, once it is used.
 */
export type LocalCall<T extends object> = <K extends string & keyof T>(
  name: K,
  options?: LocalProxyOptions,
) => NonNullable<T[K]>;

/** How a `Local` is made. */
export interface LocalConstructor {
  new <T extends object = Record<string, unknown>>(): Local<T>;
}

/** Makes a `Local`. */
export const Local: LocalConstructor = function makeLocal(): Local {
  const context = new LocalContext<Values>(new Map());
  // An arrow function has no property that a proxy must not hide.
  const target = (): void => {};
  defineInspect(target, (_, depth, options, inspect) => {
    return `Local ${inspect(Object.fromEntries(context.get()), { ...options, depth })}`;
  });
  const local = new Proxy(target, new LocalHandler(context)) as unknown as Local;
  registerContext(local, context);
  return local;
} as unknown as LocalConstructor;

class LocalHandler implements ProxyHandler<() => void> {
  readonly #context: LocalContext<Values>;

  constructor(context: LocalContext<Values>) {
    this.#context = context;
  }

  apply(_: unknown, __: unknown, [name, options]: [string, LocalProxyOptions?]): object {
    return new LocalProxy(() => this.#context.get().get(name) as object | undefined, {
      name,
      ...options,
    });
  }

  get(_: unknown, name: string | symbol): unknown {
    if (typeof name === 'string') return this.#context.get().get(name);
    if (name === Symbol.iterator) return () => this.#context.get().entries();
    return undefined;
  }

  set(_: unknown, name: string | symbol, value: unknown): boolean {
    if (typeof name === 'symbol') return false;
    this.#context.set(new Map(this.#context.get()).set(name, value));
    return true;
  }

  has(_: unknown, name: string | symbol): boolean {
    return typeof name === 'string' && this.#context.get().has(name);
  }

  deleteProperty(_: unknown, name: string | symbol): boolean {
    if (!this.has(_, name)) return true;
    const values = new Map(this.#context.get());
    values.delete(name as string);
    this.#context.set(values);
    return true;
  }

  ownKeys(): string[] {
    return [...this.#context.get().keys()];
  }

  getOwnPropertyDescriptor(_: unknown, name: string | symbol): PropertyDescriptor | undefined {
    if (!this.has(_, name)) return undefined;
    return { value: this.get(_, name), configurable: true, enumerable: true, writable: true };
  }

  defineProperty(_: unknown, name: string | symbol, descriptor: PropertyDescriptor): boolean {
    return 'value' in descriptor && this.set(_, name, descriptor.value);
  }

  getPrototypeOf(): null {
    return null;
  }

  setPrototypeOf(): boolean {
    return false;
  }

  preventExtensions(): boolean {
    return false;
  }
}
