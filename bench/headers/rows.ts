import type { Row } from './row.ts';
import { LONE_ROWS } from './rows/alone.ts';
import { DUMPING_ROWS } from './rows/dumping.ts';
import { NEGOTIATION_ROWS } from './rows/negotiation.ts';
import { PARSING_ROWS } from './rows/parsing.ts';
import { QUERY_ROWS } from './rows/query.ts';
import { SECRETS_ROWS } from './rows/secrets.ts';
import { STRUCTURED_ROWS } from './rows/structured.ts';

/** Every comparison, in the order of the report. */
export const ROWS: readonly Row[] = [
  ...PARSING_ROWS,
  ...NEGOTIATION_ROWS,
  ...STRUCTURED_ROWS,
  ...LONE_ROWS,
  ...QUERY_ROWS,
  ...DUMPING_ROWS,
  ...SECRETS_ROWS,
];
