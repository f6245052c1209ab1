import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { OURS, type Row, row } from '../row.ts';

const COST = { N: 32_768, r: 8, p: 1, maxmem: 132 * 32_768 * 8 };

/** Rows of what has to be slow. */
export const SECRETS_ROWS: readonly Row[] = [
  row('scrypt of a password', ['correct horse battery staple'], {
    [OURS]: async () => {
      const { generatePasswordHash } = await import('@werkstatt/core/node');
      return (password: string) => generatePasswordHash(password);
    },
    'crypto.scrypt': async () => {
      const derive = promisify<string, string, number, object, Uint8Array>(scrypt);
      return (password: string) => derive(password, 'saltsaltsaltsalt', 64, COST);
    },
  }),
];
