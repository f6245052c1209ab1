/**
 * Asks something of the system once for all who ask at the same time. Nobody gets an answer that was
 * under way before the question: who comes meanwhile waits for the next one, which all of them share.
 * So no answer is older than its question, and one key keeps one thread of the pool busy at most.
 */
export class SharedCalls<T> {
  readonly #call: (key: string) => Promise<T>;
  readonly #running = new Map<string, Running<T>>();

  /** @param call asks; what it rejects with goes to all who wait. */
  constructor(call: (key: string) => Promise<T>) {
    this.#call = call;
  }

  get(key: string): Promise<T> {
    const running = this.#running.get(key);
    if (running === undefined) return this.#start(key);
    if (running.next === undefined) {
      const start = () => this.#start(key);
      running.next = running.now.then(start, start);
    }
    return running.next;
  }

  #start(key: string): Promise<T> {
    const running: Running<T> = { now: this.#call(key), next: undefined };
    this.#running.set(key, running);
    const end = () => {
      if (running.next === undefined) this.#running.delete(key);
    };
    running.now.then(end, end);
    return running.now;
  }
}

interface Running<T> {
  readonly now: Promise<T>;
  next: Promise<T> | undefined;
}
