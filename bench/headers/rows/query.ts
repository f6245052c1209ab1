import { OURS, type Row, row } from '../row.ts';
import { valuesOf } from '../values.ts';

const PAIRS: [name: string, value: string][] = [
  ['q', 'lamp & shade'],
  ['page', '2'],
  ['sort', 'price'],
  ['city', 'München'],
  ['empty', ''],
];

/** Rows of query strings. */
export const QUERY_ROWS: readonly Row[] = [
  row(
    'Query',
    valuesOf('Query'),
    {
      [OURS]: async () => (await import('@werkstatt/core')).parseQuery,
      URLSearchParams: async () => (query: string) => new URLSearchParams(query),
      'fast-querystring': async () => (await import('fast-querystring')).parse,
    },
    {
      hostile: 'Query',
      unequal:
        'ours gives pairs; escapes that are no UTF-8 stay, where URLSearchParams puts U+FFFD',
    },
  ),
  row(
    'Query of 5 pairs, written',
    [PAIRS],
    {
      [OURS]: async () => (await import('@werkstatt/core')).dumpQuery,
      URLSearchParams: async () => (pairs: [string, string][]) =>
        new URLSearchParams(pairs).toString(),
      'fast-querystring': async () => {
        const { stringify } = await import('fast-querystring');
        const record = Object.fromEntries(PAIRS);
        return () => stringify(record);
      },
    },
    { unequal: 'ours and URLSearchParams take pairs; fast-querystring has a record made before' },
  ),
];
