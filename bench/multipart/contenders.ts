import type { Contender } from './contender.ts';

/** What ours is called. */
export const OURS = 'ours';

/** What ours is called where its parts are awaited one by one: for information. */
export const OUR_PARTS = 'ours, parts';

/** Everyone who takes part, ours first. */
export const CONTENDERS: readonly Contender[] = [
  { name: OURS, load: async () => (await import('./contenders/werkstatt.ts')).decode },
  { name: OUR_PARTS, load: async () => (await import('./contenders/werkstatt-parts.ts')).decode },
  { name: 'busboy', load: async () => (await import('./contenders/busboy.ts')).decode },
  {
    name: '@fastify/busboy',
    load: async () => (await import('./contenders/fastify-busboy.ts')).decode,
  },
  { name: 'remix', load: async () => (await import('./contenders/remix.ts')).decode },
  { name: 'multipasta', load: async () => (await import('./contenders/multipasta.ts')).decode },
  {
    name: 'formData, Node',
    load: async () => (await import('./contenders/form-data.ts')).decodeWith(globalThis),
  },
  {
    name: 'formData, undici',
    load: async () => {
      const undici = await import('undici');
      return (await import('./contenders/form-data.ts')).decodeWith(undici);
    },
  },
];
