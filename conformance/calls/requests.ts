import { type JsonOptions, Request } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

/** Calls of `Request`. */
export const requestCalls: Calls = {
  requestGetJson: (request: RequestSpec, options?: JsonOptions) =>
    new Request(environOf(request)).json(options),
};
