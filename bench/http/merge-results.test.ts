import { expect, it } from 'vitest';
import { mergeResults } from './merge-results.ts';
import type { Results } from './results.ts';

function results(ids: readonly string[], title: string, changes: Partial<Results> = {}): Results {
  const workloads = ids.map((id) => ({ id, title, measured: [] }));
  const empty = { connections: [], imports: [], starts: [] };
  return { machine: [title], rounds: 5, seconds: 1, workloads, ...empty, ...changes };
}

it('puts what was measured in the place of what was there', () => {
  const imports = [{ name: 'a', cpu: 1 }];
  const earlier = results(['headers', 'file'], 'old', { imports });
  const merged = mergeResults(earlier, results(['file', 'hello'], 'new'));
  expect(merged.workloads.map(({ id, title }) => [id, title])).toEqual([
    ['hello', 'new'],
    ['headers', 'old'],
    ['file', 'new'],
  ]);
  expect(merged.machine).toEqual(['new']);
  expect(merged.imports).toEqual(imports);
});

it('takes all where there is nothing yet', () => {
  const now = results(['file'], 'new');
  expect(mergeResults(null, now)).toBe(now);
});
