import { describe, expect, it } from 'vitest';
import { CallbackDict } from './callback-dict.ts';

describe('CallbackDict', () => {
  it('tells of changes, and of nothing else', () => {
    let updates = 0;
    const dict = new CallbackDict([['a', 1]], () => updates++);
    expect([dict.get('a'), dict.has('b'), dict.delete('b'), updates]).toEqual([1, false, false, 0]);
    dict.set('b', 2);
    dict.delete('a');
    dict.clear();
    dict.clear();
    expect(updates).toBe(3);
  });
});
