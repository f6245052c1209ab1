import { type CloseCallback, closeAll } from '@werkstatt/core';

/** The end of a request, at which everything that was opened for it is released. */
export class RequestEnd {
  readonly #callbacks: CloseCallback[] = [];
  readonly #last: CloseCallback[] = [];
  #reached = false;

  /** Whether the request is over. */
  get isReached(): boolean {
    return this.#reached;
  }

  /** Has `callback` called at the end, in the order in which they are added. */
  add(callback: CloseCallback): void {
    this.#callbacks.push(callback);
  }

  /** Has `callback` called after those that `add()` got, which may use what it releases. */
  addLast(callback: CloseCallback): void {
    this.#last.push(callback);
  }

  /**
   * Calls what was added, once, and every one of it whatever the others do. Without promises it
   * stays synchronous.
   *
   * @throws what a callback threw; an AggregateError if several did.
   */
  close(): void | Promise<void> {
    this.#reached = true;
    return closeAll([...this.#callbacks.splice(0), ...this.#last.splice(0)]);
  }
}
