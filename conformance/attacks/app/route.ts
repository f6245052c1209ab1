import { MethodNotAllowed } from '@werkstatt/core';
import { Request, type Response } from '@werkstatt/wrappers';

/** Requests of an application in production. */
export class AppRequest extends Request {
  static override readonly trustedHosts: readonly string[] = ['127.0.0.1', 'localhost'];
}

/** What answers the requests for a path. */
export type Route = (request: AppRequest) => Response | Promise<Response>;

/** Routes by their paths. */
export type Routes = Readonly<Record<string, Route>>;

/** A route that is looked at and changes nothing. */
export function get(route: Route): Route {
  return only(['GET', 'HEAD'], route);
}

/** A route that takes a body. */
export function post(route: Route): Route {
  return only(['POST'], route);
}

function only(methods: readonly string[], route: Route): Route {
  return (request) => {
    if (!methods.includes(request.method))
      throw new MethodNotAllowed(undefined, { validMethods: methods });
    return route(request);
  };
}
