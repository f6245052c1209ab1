import type { MultiDictView } from '@werkstatt/core';
import { Response } from '@werkstatt/wrappers';
import { get, type Routes } from './route.ts';

/** Routes that tell what a request says. */
export const tellingRoutes: Routes = {
  '/healthz': get(() => new Response('ok')),
  '/args': get((request) => Response.json(toObject(request.args))),
  '/cookies': get((request) => Response.json(toObject(request.cookies))),
  '/host': get((request) => new Response(`${request.url}\n${request.remoteAddr}\n`)),
  '/env-proxy': get(({ environ }) => {
    const keys = Object.keys(environ).filter((key) => key.toLowerCase().includes('proxy'));
    return Response.json(Object.fromEntries(keys.map((key) => [key, String(environ[key])])));
  }),
};

/** An object of own properties, whatever their names are. */
export function toObject(values: MultiDictView<unknown>): Record<string, readonly unknown[]> {
  return Object.fromEntries(values.lists());
}
