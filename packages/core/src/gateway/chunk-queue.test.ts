import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChunkQueue } from './chunk-queue.ts';

it('a queue of chunks gives what a list gives, whatever is done to it', () => {
  const action = fc.oneof(
    { weight: 60, arbitrary: fc.nat({ max: 9 }) },
    { weight: 50, arbitrary: fc.constant('shift') },
    { weight: 1, arbitrary: fc.constant('takeAll') },
  );
  const check = (actions: readonly (number | string)[]) => {
    const queue = new ChunkQueue();
    let list: Uint8Array[] = [];
    for (const next of actions) {
      if (typeof next === 'number') {
        const chunk = new Uint8Array(next);
        queue.push(chunk);
        list.push(chunk);
      } else if (next === 'shift') {
        expect(queue.shift()).toBe(list.shift());
      } else {
        expect(queue.takeAll()).toEqual(list);
        list = [];
      }
      expect(queue.isEmpty).toBe(list.length === 0);
      expect(queue.byteLength).toBe(list.reduce((sum, { length }) => sum + length, 0));
    }
    expect(queue.takeAll()).toEqual(list);
  };
  fc.assert(fc.property(fc.array(action, { maxLength: 500, size: 'max' }), check), { numRuns: 30 });
});
