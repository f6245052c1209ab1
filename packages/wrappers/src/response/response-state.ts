import { checkHeaderValue, Headers } from '@werkstatt/core';
import { CallableApp } from '../apps/callable-app.ts';
import type { ResponseStream } from '../streaming/response-stream.ts';
import type { ResponseBody } from './body-source.ts';
import { ContentState } from './content-state.ts';
import { contentTypeOf } from './content-type.ts';
import type { ResponseOptions } from './response-options.ts';
import { type CleanStatus, cleanStatus } from './status.ts';

const OK: CleanStatus = cleanStatus(200);

/**
 * All that a response keeps. It is one object, as each field of the response itself, which is a
 * function, would cost as much as the object.
 */
export class ResponseState extends ContentState {
  declare status: CleanStatus;
  /** `Content-Type`, as long as there are no `headers`. */
  declare contentType: string | undefined;
  /** Made when somebody asks: most responses are sent without. */
  declare headers: Headers | undefined;
  /** Whether `headers` are still to get the length of a body that is text or bytes. */
  declare lengthDue: boolean;
  /** What writes to the body, once somebody asked. */
  declare writer: ResponseStream | undefined;

  constructor(
    body: ResponseBody | undefined,
    options: ResponseOptions | undefined,
    kind: typeof ResponseBase,
  ) {
    super(body);
    const status = options?.status ?? kind.defaultStatus;
    this.status = status === 200 ? OK : cleanStatus(status);
    this.contentType = undefined;
    this.headers = undefined;
    this.lengthDue =
      typeof body === 'string' || body instanceof Uint8Array || body instanceof ArrayBuffer;
    this.writer = undefined;
    if (options === undefined) this.contentType = contentTypeOf(kind.defaultMimetype);
    else takeFields(this, options, kind.defaultMimetype);
  }

  /** Sets `Content-Type` to what can be sent, or removes it. */
  setContentType(contentType: string | undefined): void {
    if (this.headers === undefined) this.contentType = contentType;
    else if (contentType === undefined) this.headers.remove('Content-Type');
    else this.headers.set('Content-Type', contentType);
  }
}

function takeFields(state: ResponseState, options: ResponseOptions, defaultMimetype: string): void {
  const { headers, mimetype, contentType } = options;
  if (headers) state.headers = headers instanceof Headers ? headers : new Headers(headers);
  if (contentType) state.setContentType(checkHeaderValue('Content-Type', contentType));
  else if (mimetype) state.setContentType(contentTypeOf(mimetype));
  else if (!state.headers?.has('Content-Type'))
    state.setContentType(contentTypeOf(defaultMimetype));
}

/** For the classes that make up `Response`: what a response keeps. */
export let stateOf: (response: ResponseBase) => ResponseState;

/** What a response is made with. */
export abstract class ResponseBase extends CallableApp {
  /** The status of a response that is given none. Default: 200. */
  static defaultStatus: number | string = 200;
  /** The media type of a response that is given none. Default: `text/plain`. */
  static defaultMimetype: string = 'text/plain';

  readonly #state: ResponseState;

  static {
    stateOf = (response) => response.#state;
  }

  /**
   * @param body text, bytes, or an iterable of them; without one, the response is empty.
   * @throws InvalidBodyError when `body` is nothing of the kind.
   * @throws InvalidStatusError when the status can't be sent.
   * @throws InvalidHeaderError when a header can't be sent.
   */
  constructor(body?: ResponseBody, options?: ResponseOptions) {
    super();
    this.#state = new ResponseState(body, options, new.target);
  }
}
