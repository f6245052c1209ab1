/** One tick of the server's clock, in milliseconds. */
export const TICK = 1000;

const SLOTS = 128;

/** Something that must be looked at when a time has come. */
export interface Timed {
  /** The tick at which `expire()` is due, or `Infinity`. May move to later at no cost. */
  deadline: number;
  /** The slot it stands in, or -1; the wheel's own. */
  slot: number;
  /** The wheel's own. */
  next: Timed | null;
  previous: Timed | null;
  /** The deadline has passed. Sets another one, or ends. */
  expire(): void;
}

/**
 * One timer for all connections (a hashed timing wheel): a tick looks only at those that may be due,
 * so that a million idle connections cost what they hold, not what they wait. A deadline that moves
 * to later is found out when its slot comes; one that moves to earlier needs `schedule()`.
 */
export class DeadlineWheel {
  /** Ticks since the server's start. */
  now = 0;
  readonly #slots: (Timed | null)[] = new Array<Timed | null>(SLOTS).fill(null);

  /** The tick that is `milliseconds` from now, never too early. */
  after(milliseconds: number): number {
    return this.now + 1 + Math.ceil(milliseconds / TICK);
  }

  /** Makes sure that `timed` is looked at by its deadline. */
  schedule(timed: Timed): void {
    if (timed.deadline === Number.POSITIVE_INFINITY) return;
    const distance = Math.min(Math.max(timed.deadline - this.now, 1), SLOTS - 1);
    const slot = (this.now + distance) % SLOTS;
    if (timed.slot === slot) return;
    if (timed.slot >= 0) {
      const standing = (timed.slot - (this.now % SLOTS) + SLOTS) % SLOTS;
      if (standing <= distance) return;
      this.remove(timed);
    }
    const head = this.#slots[slot]!;
    timed.slot = slot;
    timed.next = head;
    timed.previous = null;
    if (head !== null) head.previous = timed;
    this.#slots[slot] = timed;
  }

  remove(timed: Timed): void {
    if (timed.slot < 0) return;
    if (timed.previous !== null) timed.previous.next = timed.next;
    else this.#slots[timed.slot] = timed.next;
    if (timed.next !== null) timed.next.previous = timed.previous;
    timed.slot = -1;
    timed.next = null;
    timed.previous = null;
  }

  /** Lets one tick pass. */
  tick(): void {
    this.now++;
    const slot = this.now % SLOTS;
    let timed = this.#slots[slot]!;
    this.#slots[slot] = null;
    while (timed !== null) {
      const next: Timed | null = timed.next;
      timed.slot = -1;
      timed.next = null;
      timed.previous = null;
      if (timed.deadline <= this.now) timed.expire();
      this.schedule(timed);
      timed = next!;
    }
  }
}
