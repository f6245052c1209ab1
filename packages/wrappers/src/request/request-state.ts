import type { EnvironHeaders, ImmutableMultiDict } from '@werkstatt/core';
import type { ParsedForm } from '../forms/parsed-form.ts';
import type { RequestBody } from './request-body.ts';
import type { RequestEnd } from './request-end.ts';
import type { JsonValues } from './request-json.ts';

/**
 * Where a request keeps what it has worked out. Every class of the chain that a request is uses it,
 * and nobody else does, for the symbol is not exported from the package: one slot that is empty in
 * a new request, where private fields of every class would have to be made each time.
 */
export const STATE: unique symbol = Symbol('werkstatt.request');

/** What a request has worked out so far; made when the first of it is. */
export class RequestState {
  headers: EnvironHeaders | undefined;
  args: ImmutableMultiDict | undefined;
  cookies: ImmutableMultiDict | undefined;
  /** The other fields of the head as they were parsed, by the keys they have in an environ. */
  fields: Map<string, unknown> | undefined;
  body: RequestBody | undefined;
  json: JsonValues | undefined;
  form: Promise<ParsedForm> | undefined;
  end: RequestEnd | undefined;
  /** Whether the body must not be read. */
  readonly shallow: boolean;

  constructor(shallow: boolean) {
    this.shallow = shallow;
  }
}

/** The state of a request, which is made now if there was none. */
export function stateOf(request: { [STATE]: RequestState | undefined }): RequestState {
  request[STATE] ??= new RequestState(false);
  return request[STATE];
}
