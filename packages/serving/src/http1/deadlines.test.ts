import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineWheel, type Timed } from './deadlines.ts';

class Noting implements Timed {
  deadline = Number.POSITIVE_INFINITY;
  slot = -1;
  next: Timed | null = null;
  previous: Timed | null = null;
  expired: number[] = [];
  readonly wheel: DeadlineWheel;

  constructor(wheel: DeadlineWheel) {
    this.wheel = wheel;
  }

  expire(): void {
    this.expired.push(this.wheel.now);
    this.deadline = Number.POSITIVE_INFINITY;
  }

  limit(ticks: number): void {
    this.deadline = this.wheel.now + ticks;
    this.wheel.schedule(this);
  }
}

describe('DeadlineWheel', () => {
  it('expires nothing too early, and everything at its tick, however deadlines move', () => {
    const move = fc.tuple(fc.nat(5), fc.option(fc.integer({ min: 1, max: 400 })), fc.boolean());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.array(move, { maxLength: 3 }))), (steps) => {
        const wheel = new DeadlineWheel();
        const timed = Array.from({ length: 6 }, () => new Noting(wheel));
        const due: (number | null)[] = timed.map(() => null);
        const pass = (ticks: number): void => {
          for (let i = 0; i < ticks; i++) {
            wheel.tick();
            for (const [which, each] of timed.entries()) {
              const expected = due[which] === wheel.now ? 1 : 0;
              if (each.expired.length !== expected) expect(each.expired).toHaveLength(expected);
              if (expected === 0) continue;
              each.expired.pop();
              due[which] = null;
            }
          }
        };
        for (const [ticks, moves] of steps) {
          for (const [which, distance, removed] of moves) {
            const each = timed[which]!;
            if (distance !== null) {
              each.limit(distance);
              due[which] = wheel.now + distance;
            } else {
              // Without a deadline it may stand where it is, or be taken out.
              each.deadline = Number.POSITIVE_INFINITY;
              if (removed) wheel.remove(each);
              due[which] = null;
            }
          }
          pass(ticks);
        }
        pass(500);
      }),
      { numRuns: 200 },
    );
  });

  it('looks in time at a deadline that moves to earlier, also when it has run for long', () => {
    const wheel = new DeadlineWheel();
    for (let i = 0; i < 1000; i++) wheel.tick();
    const timed = new Noting(wheel);
    timed.limit(66);
    timed.limit(9);
    for (let i = 0; i < 9; i++) wheel.tick();
    expect(timed.expired).toEqual([1009]);
  });

  it('takes a time for at least as long as it says', () => {
    const wheel = new DeadlineWheel();
    expect(wheel.after(1)).toBe(2);
    expect(wheel.after(1000)).toBe(2);
    expect(wheel.after(1001)).toBe(3);
  });
});
