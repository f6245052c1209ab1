import { type Contender, contender } from './contender.ts';
import { type FetchClasses, fetchClasses } from './contenders/fetch-classes.ts';

/** What ours is called. */
export const OURS = 'ours';

/** Everyone who takes part, ours first. */
export const CONTENDERS: readonly Contender[] = [
  contender(OURS, 'environ', async () => (await import('./contenders/werkstatt.ts')).classes),
  contender('floor', 'environ', async () => (await import('./contenders/floor.ts')).classes, {
    isReal: false,
  }),
  contender('srvx', 'message', async () => (await import('./contenders/srvx.ts')).classes),
  contender(
    'srvx, as bytes',
    'message',
    async () => (await import('./contenders/srvx.ts')).bytesClasses,
  ),
  contender(
    'whatwg-node',
    'message',
    async () => (await import('./contenders/whatwg-node.ts')).classes,
  ),
  contender('node:http', 'message', async () => (await import('./contenders/node.ts')).classes),
  contender('platform', 'message', async () => fetchClasses(globalThis as unknown as FetchClasses)),
  contender('undici', 'message', async () =>
    fetchClasses((await import('undici')) as unknown as FetchClasses),
  ),
];
