import {
  BadRequest,
  CombinedMultiDict,
  type Environ,
  type GatewayApp,
  HTTPException,
  ImmutableMultiDict,
  type InputStream,
  UnsupportedMediaType,
} from '@werkstatt/core';
import { type ApplicationMaker, applicationMaker } from '../apps/application.ts';
import { runApp } from '../apps/run-app.ts';
import { Response } from '../response/response.ts';
import { isForm, parseForm } from './form.ts';
import { LimitedInput, tooLarge } from './limited-input.ts';
import { RequestBody } from './request-body.ts';
import { RequestFields } from './request-fields.ts';

/** How `request.json()` reads. */
export interface JsonOptions {
  /** Reads the body whatever its `Content-Type` says. Default: false. */
  force?: boolean | undefined;
  /** Gives `null` instead of an error for another type, and for what isn't JSON. Default: false. */
  silent?: boolean | undefined;
}

/**
 * A request: a view of its environ, in which everything is worked out when it is asked for. Except
 * for the body, which is awaited, all of it is there at once.
 *
 * The limits are set for a class by its static properties, and for one request by its own, before
 * the body is read.
 */
export class Request extends RequestFields {
  /**
   * How many bytes the body can have, however it is read. Default: no limit, so that an application
   * can stream uploads of any size; what is kept in memory has limits of its own.
   */
  static maxContentLength: number = Number.POSITIVE_INFINITY;
  /**
   * How many bytes `bytes()`, `text()` and `json()` keep in memory. Default: 16 MiB. Without it, a
   * few large requests at a time take all the memory there is.
   */
  static maxBufferSize: number = 16 * 1024 * 1024;
  /**
   * How many bytes of a form are kept in memory. Default: 500,000. Without it, forms take many
   * times their size in memory, for as long as their requests last.
   */
  static maxFormMemorySize: number = 500_000;
  /**
   * How many fields a form can have. Default: 1000. Without it, a form of tiny fields keeps the
   * process busy making them.
   */
  static maxFormParts: number = 1000;
  /** Makes applications of handlers: see `ApplicationMaker`. */
  static get application(): ApplicationMaker {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own requests.
    return applicationMaker(this);
  }

  /** As the static property, for this request. */
  maxContentLength: number;
  /** As the static property, for this request. */
  maxBufferSize: number;
  /** As the static property, for this request. */
  maxFormMemorySize: number;
  /** As the static property, for this request. */
  maxFormParts: number;
  #stream: InputStream | undefined;
  #body: RequestBody | undefined;
  #form: Promise<ImmutableMultiDict> | undefined;

  constructor(environ: Environ) {
    super(environ);
    const kind = new.target;
    this.maxContentLength = kind.maxContentLength;
    this.maxBufferSize = kind.maxBufferSize;
    this.maxFormMemorySize = kind.maxFormMemorySize;
    this.maxFormParts = kind.maxFormParts;
  }

  /**
   * The body as it arrives, for uploads too large for memory. What is read here is missing from
   * `bytes()` and the like.
   *
   * @throws RequestEntityTooLarge if more than `maxContentLength` bytes are declared; reading
   * throws it if as many arrive.
   */
  get stream(): InputStream {
    this.#stream ??= this.#openStream();
    return this.#stream;
  }

  /**
   * The whole body. Like `text()`, `json()` and `form()` it reads the body once and keeps it, so
   * that each can follow any other.
   *
   * @throws RequestEntityTooLarge if there are more than `maxBufferSize` bytes.
   */
  async bytes(): Promise<Uint8Array> {
    return this.#wholeBody.bytes(this.maxBufferSize);
  }

  /**
   * The whole body as text; what isn't UTF-8 becomes U+FFFD.
   *
   * @throws RequestEntityTooLarge if there are more than `maxBufferSize` bytes.
   */
  async text(): Promise<string> {
    return this.#wholeBody.text(this.maxBufferSize);
  }

  /**
   * The whole body as JSON. The value is parsed once, and every call gives the same.
   *
   * @throws UnsupportedMediaType if the `Content-Type` isn't that of JSON.
   * @throws BadRequest if the body isn't JSON in UTF-8.
   * @throws RequestEntityTooLarge if there are more than `maxBufferSize` bytes.
   */
  json<T = unknown>(options: JsonOptions & { silent: true }): Promise<T | null>;
  json<T = unknown>(options?: JsonOptions): Promise<T>;
  async json(options: JsonOptions = {}): Promise<unknown> {
    if (!options.force && !this.isJson) {
      if (options.silent) return null;
      throw new UnsupportedMediaType(
        'The body has to be JSON, and the Content-Type has to say so: application/json.',
      );
    }
    try {
      return await this.#wholeBody.json(this.maxBufferSize);
    } catch (error) {
      if (!isDataError(error)) throw error;
      return options.silent ? null : this.onJsonLoadingFailed(error);
    }
  }

  /**
   * What `json()` does with a body that isn't JSON. A subclass can answer in its own way, or return
   * a value to be taken for the body.
   *
   * @throws BadRequest always.
   */
  onJsonLoadingFailed(error: Error): unknown {
    throw new BadRequest('The body is not valid JSON in UTF-8.', { cause: error });
  }

  /**
   * The fields of a form, whatever the method; empty for a body of another type.
   *
   * @throws UnsupportedMediaType for `multipart/form-data`, which isn't parsed yet.
   * @throws RequestEntityTooLarge if there are more than `maxFormMemorySize` bytes, or more than
   * `maxFormParts` fields.
   */
  form(): Promise<ImmutableMultiDict> {
    this.#form ??= this.#readForm();
    return this.#form;
  }

  /** `args`, then the fields of the form, as one; with GET and HEAD `args` alone. */
  async values(): Promise<CombinedMultiDict> {
    const withForm = this.method !== 'GET' && this.method !== 'HEAD';
    return new CombinedMultiDict(withForm ? [this.args, await this.form()] : [this.args]);
  }

  /**
   * Runs an application with this request, as a server would. A body that streams is read as the
   * response is; `close()` the response if you don't read it.
   */
  async getResponse(app: GatewayApp): Promise<Response> {
    const { status, headers, body } = await runApp(app, this.environ);
    const response = new Response(body, { status, headers });
    // The application's fields and no others: without a type of its own it stays without one.
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
      response.contentType = undefined;
    }
    return response;
  }

  get #wholeBody(): RequestBody {
    this.#body ??= new RequestBody(this.stream, this.contentLength);
    return this.#body;
  }

  #openStream(): InputStream {
    const input = this.environ['gateway.input'];
    const limit = this.maxContentLength;
    if (limit === Number.POSITIVE_INFINITY) return input;
    if ((this.contentLength ?? 0) > limit) throw tooLarge(limit);
    return new LimitedInput(input, limit);
  }

  async #readForm(): Promise<ImmutableMultiDict> {
    if (!isForm(this.mimetype)) return new ImmutableMultiDict();
    return parseForm(await this.#wholeBody.bytes(this.maxFormMemorySize), this.maxFormParts);
  }
}

/** Whether an error is about what the body holds, and not about reading it. */
function isDataError(error: unknown): error is Error {
  const isData = error instanceof SyntaxError || error instanceof TypeError;
  return isData && !(error instanceof HTTPException);
}
