/**
 * The application that attacks are made on, in production mode: trusted hosts, default limits, no
 * trust in proxies, access log. It runs in a process of its own: `server/start-server.ts`.
 */
import { NotFound } from '@werkstatt/core';
import { runSimple } from '@werkstatt/serving';
import { Response } from '@werkstatt/wrappers';
import { bodyRoutes } from './body-routes.ts';
import { failingRoutes } from './failing-routes.ts';
import { append, reflectingRoutes } from './reflecting-routes.ts';
import { AppRequest, type Route } from './route.ts';
import { tellingRoutes } from './telling-routes.ts';

const ROUTES = new Map<string, Route>(
  Object.entries({ ...tellingRoutes, ...bodyRoutes, ...reflectingRoutes, ...failingRoutes }),
);

/** What stands for paths whose part of the toolkit is still to come; the runner knows the field. */
const NOT_YET: readonly (readonly [pattern: RegExp, part: string])[] = [
  [/^\/static(\/|$)/, 'static files'],
  [/^\/proxy(\/|$)/, 'the proxy middleware'],
  [/^\/item\//, 'routing'],
  [/(^|\/)slash\/?$/, 'routing'],
];

const application = AppRequest.application((request) => {
  const route = ROUTES.get(request.path);
  if (route) return route(request);
  if (request.path.startsWith('/append/')) return append(request);
  const part = NOT_YET.find(([pattern]) => pattern.test(request.path))?.[1];
  if (part) return new Response('', { status: 501, headers: [['X-Not-Yet', part]] });
  throw new NotFound();
});

await runSimple('127.0.0.1', 0, application, { accessLog: 'combined' });
