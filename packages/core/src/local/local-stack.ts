import { showParts } from '../datastructures/inspect.ts';
import { registerContext } from './contexts.ts';
import { LocalContext } from './local-context.ts';
import { LocalProxy, type LocalProxyOptions } from './local-proxy.ts';

/** A stack that each context has for itself. */
export class LocalStack<T> {
  static {
    showParts<LocalStack<unknown>>(LocalStack, (stack) => stack.#context.get());
  }

  readonly #context = new LocalContext<readonly T[]>([]);

  constructor() {
    registerContext(this, this.#context);
  }

  /** How many items there are. */
  get size(): number {
    return this.#context.get().length;
  }

  /** The item that was pushed last; `undefined` when there is none. */
  get top(): T | undefined {
    return this.#context.get().at(-1);
  }

  /** Puts an item on top; returns the stack as it is then. */
  push(item: T): readonly T[] {
    const items = [...this.#context.get(), item];
    this.#context.set(items);
    return items;
  }

  /** Takes the top item off; `undefined` when there is none. */
  pop(): T | undefined {
    const items = this.#context.get();
    if (items.length > 0) this.#context.set(items.slice(0, -1));
    return items.at(-1);
  }

  /**
   * An object that stands for the top item of whichever context it is used in.
   *
   * @throws UnboundLocalError where there is none, once it is used.
   */
  proxy(options: LocalProxyOptions = {}): T & object {
    return new LocalProxy(() => this.top as (T & object) | undefined, options);
  }
}
