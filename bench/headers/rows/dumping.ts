import { createHash, hash } from 'node:crypto';
import { OURS, type Row, row } from '../row.ts';

const EXPIRES = new Date('2025-07-09T08:49:37Z');
const VALUE = 'eyJ1aWQiOjQyfQ.aG5X3Q.4pZ1b0mC7dQk2Jf8Yx_0yJH3bWc';
const NOW = [Date.UTC(2025, 6, 8, 9, 14, 52), Date.UTC(1994, 10, 6, 8, 49, 37)].map(
  (time) => new Date(time),
);

/** Rows of headers that are written. */
export const DUMPING_ROWS: readonly Row[] = [
  row(
    'Set-Cookie of 6 attributes, written',
    ['session'],
    {
      [OURS]: async () => {
        const { dumpCookie } = await import('@werkstatt/core');
        const options = {
          path: '/',
          expires: EXPIRES,
          maxAge: 1_209_600,
          httponly: true,
          secure: true,
          samesite: 'Lax',
        } as const;
        return (name: string) => dumpCookie(name, VALUE, options);
      },
      cookie: async () => {
        const { stringifySetCookie } = await import('cookie');
        const attributes = {
          value: VALUE,
          path: '/',
          expires: EXPIRES,
          maxAge: 1_209_600,
          httpOnly: true,
          secure: true,
          sameSite: 'lax',
        } as const;
        return (name: string) => stringifySetCookie({ name, ...attributes });
      },
    },
    { unequal: 'ours also checks the size and the rules of __Host- and __Secure-' },
  ),
  row('Content-Type, written', ['text/html', 'text/plain'], {
    [OURS]: async () => {
      const { dumpOptionsHeader } = await import('@werkstatt/core');
      return (type: string) => dumpOptionsHeader(type, { charset: 'utf-8' });
    },
    'content-type': async () => {
      const { format } = await import('content-type');
      return (type: string) => format({ type, parameters: { charset: 'utf-8' } });
    },
  }),
  row('Content-Disposition, written', ['report-2025.pdf', 'photo (1).jpg'], {
    [OURS]: async () => {
      const { dumpOptionsHeader } = await import('@werkstatt/core');
      return (filename: string) => dumpOptionsHeader('attachment', { filename });
    },
    'content-disposition': async () => (await import('content-disposition')).create,
  }),
  row('Date, written', NOW, {
    [OURS]: async () => (await import('@werkstatt/core')).httpDate,
    toUTCString: async () => (date: Date) => date.toUTCString(),
  }),
  ...[1_024, 65_536].map((size) =>
    row(
      `ETag of ${size / 1_024} KiB`,
      [Buffer.from(new Uint8Array(size).map((_, index) => index))],
      {
        [OURS]: async () => (await import('@werkstatt/core')).generateEtag,
        etag: async () => (await import('etag')).default,
        'crypto.hash': async () => (data: Uint8Array) => hash('sha256', data, 'base64url'),
        createHash: async () => (data: Uint8Array) =>
          createHash('sha256').update(data).digest('base64url'),
      },
      { unequal: 'etag uses SHA-1' },
    ),
  ),
];
