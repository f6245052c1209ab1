import { type JsonOptions, Request, redirect } from '@werkstatt/wrappers';
import type { Calls } from '../calls/call.ts';
import { environOf, type RequestSpec } from '../calls/request-spec.ts';

/** Calls of package wrappers. */
export const wrappersCalls: Calls = {
  redirect(location: string, code?: number) {
    const response = redirect(location, code);
    return { statusCode: response.statusCode, location: response.headers.get('Location') };
  },
  redirectBody: (location: string) => redirect(location).text(),
  requestGetJson: (request: RequestSpec, options?: JsonOptions) =>
    new Request(environOf(request)).json(options),
};
