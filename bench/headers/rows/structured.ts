import { OURS, type Row, row } from '../row.ts';
import { valuesOf } from '../values.ts';

/** Rows of structured fields (RFC 9651). */
export const STRUCTURED_ROWS: readonly Row[] = [
  row(
    'Structured list',
    ['a, b;q=0.5, "c d"', '("gzip" "br");level=1, 42, ?1', 'sugar, tea, rum'],
    {
      [OURS]: async () => (await import('@werkstatt/core')).parseSfList,
      'structured-headers': async () => (await import('structured-headers')).parseList,
    },
    { hostile: 'Structured' },
  ),
  row('Structured dictionary', [...valuesOf('Priority'), ...valuesOf('Signature-Input')], {
    [OURS]: async () => (await import('@werkstatt/core')).parseSfDictionary,
    'structured-headers': async () => (await import('structured-headers')).parseDictionary,
  }),
];
