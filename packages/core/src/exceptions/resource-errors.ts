import type { HeaderField } from '../protocol.ts';
import { HTTPException, type HTTPExceptionOptions } from './http-exception.ts';

/** 404: there is nothing at this URL (RFC 9110 section 15.5.5). */
export class NotFound extends HTTPException {
  static override readonly code: number = 404;
  static override readonly errorCode: string = 'WERKSTATT_ERR_NOT_FOUND';
  static override readonly description: string =
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.';
}

/** What a `MethodNotAllowed` can be given. */
export interface MethodNotAllowedOptions extends HTTPExceptionOptions {
  /** The methods that the resource does know; they become the `Allow` field. */
  validMethods?: Iterable<string> | undefined;
}

/** 405: the resource does not know this method (RFC 9110 section 15.5.6). */
export class MethodNotAllowed extends HTTPException {
  static override readonly code: number = 405;
  static override readonly errorCode: string = 'WERKSTATT_ERR_METHOD_NOT_ALLOWED';
  static override readonly description: string = 'The method is not allowed for the requested URL.';

  /** The methods that the resource does know, if they were given. */
  readonly validMethods: readonly string[] | undefined;

  constructor(description?: string, options: MethodNotAllowedOptions = {}) {
    super(description, options);
    this.validMethods = options.validMethods && [...options.validMethods];
  }

  override getHeaders(): HeaderField[] {
    const headers = super.getHeaders();
    if (this.validMethods?.length) headers.push(['Allow', this.validMethods.join(', ')]);
    return headers;
  }
}

/** 406: no representation fits what the client accepts (RFC 9110 section 15.5.7). */
export class NotAcceptable extends HTTPException {
  static override readonly code: number = 406;
  static override readonly errorCode: string = 'WERKSTATT_ERR_NOT_ACCEPTABLE';
  static override readonly description: string =
    'The resource identified by the request is only capable of generating response entities which have content characteristics not acceptable according to the accept headers sent in the request.';
}

/** 409: the request conflicts with the state of the resource (RFC 9110 section 15.5.10). */
export class Conflict extends HTTPException {
  static override readonly code: number = 409;
  static override readonly errorCode: string = 'WERKSTATT_ERR_CONFLICT';
  static override readonly description: string =
    'A conflict happened while processing the request. The resource might have been modified while the request was being processed.';
}

/** 410: the resource will not come back (RFC 9110 section 15.5.11). */
export class Gone extends HTTPException {
  static override readonly code: number = 410;
  static override readonly errorCode: string = 'WERKSTATT_ERR_GONE';
  static override readonly description: string =
    'This resource was here before and is gone for good, and there is no other address for it.';
}

/** 418: the answer to an attempt to brew coffee in a teapot (RFC 2324 section 2.3.2). */
export class ImATeapot extends HTTPException {
  static override readonly code: number = 418;
  static override readonly errorCode: string = 'WERKSTATT_ERR_TEAPOT';
  static override readonly description: string = 'This server is a teapot, not a coffee machine';
}

/** 421: this server cannot answer for that authority (RFC 9110 section 15.5.20). */
export class MisdirectedRequest extends HTTPException {
  static override readonly code: number = 421;
  static override readonly errorCode: string = 'WERKSTATT_ERR_MISDIRECTED_REQUEST';
  static override readonly description: string = 'The server is not able to produce a response.';
}

/** 423: the resource is locked (RFC 4918 section 11.3). */
export class Locked extends HTTPException {
  static override readonly code: number = 423;
  static override readonly errorCode: string = 'WERKSTATT_ERR_LOCKED';
  static override readonly description: string = 'The resource that is being accessed is locked.';
}

/** 424: an action that this one needs has failed (RFC 4918 section 11.4). */
export class FailedDependency extends HTTPException {
  static override readonly code: number = 424;
  static override readonly errorCode: string = 'WERKSTATT_ERR_FAILED_DEPENDENCY';
  static override readonly description: string =
    'The method could not be performed on the resource because the requested action depended on another action and that action failed.';
}
