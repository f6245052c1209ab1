import { expect, it } from 'vitest';
import { markdownTable } from './markdown-table.ts';

it('lines up the cells of a table of Markdown', () => {
  const rows = [
    ['', 'x-cpu', 'a'],
    ['node:http', '1.00', 'b|c'],
    ['ours', '10.55'],
  ];
  expect(markdownTable(rows).split('\n')).toEqual([
    '|           | x-cpu |    a |',
    '| --------- | ----: | ---: |',
    '| node:http |  1.00 | b\\|c |',
    '| ours      | 10.55 |      |',
  ]);
});
