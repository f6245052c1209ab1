import {
  BadRequest,
  CombinedMultiDict,
  type Environ,
  type FileMultiDict,
  type ImmutableMultiDict,
  type InputStream,
  UnsupportedMediaType,
} from '@werkstatt/core';
import { FormDataParser, type FormDataParserOptions } from '../forms/form-data-parser.ts';
import type { FormPartLimits } from '../forms/form-limits.ts';
import type { FormPart } from '../forms/form-part.ts';
import { formParts } from '../forms/form-parts.ts';
import { defaultStreamFactory, type FileSink, type FileUpload } from '../forms/stream-factory.ts';
import { awaitedLate } from '../values/awaited-late.ts';
import { defineOwn } from '../values/define-own.ts';
import { withoutUndefined } from '../values/without-undefined.ts';
import type { RequestBody } from './request-body.ts';
import { formOf } from './request-form.ts';
import type { RequestOptions } from './request-head.ts';
import { bodyOf } from './request-input.ts';
import { type JsonModule, type JsonOptions, readJson } from './request-json.ts';
import { RequestLimits } from './request-limits.ts';
import { stateOf } from './request-state.ts';

const decoder = new TextDecoder();

/** How `request.getData()` reads. */
export interface DataOptions {
  /** Keeps the body for all that read it later. Default: true. */
  cache?: boolean | undefined;
  /** Gives text, in which what isn't UTF-8 is U+FFFD. Default: false. */
  asText?: boolean | undefined;
  /** Parses the body first if it is a form; what was parsed is not given. Default: false. */
  parseFormData?: boolean | undefined;
}

/** A class of parsers for forms. */
export type FormDataParserClass = new (options: FormDataParserOptions) => FormDataParser;

/**
 * The body of a request, in the ways it can be read. A promise from here can be awaited when it
 * suits: that the client goes away before that is no unhandled rejection.
 */
export class RequestContent extends RequestLimits {
  /** What parses forms. */
  static formDataParserClass: FormDataParserClass = FormDataParser;
  /**
   * Whether the body is read without the codings of its `Content-Encoding`, such as gzip; limits hold
   * for what comes out. Default: false, for a few kilobytes can be made to become gigabytes.
   */
  static decodesContent: boolean = false;
  /** What `json()` parses with. */
  static jsonModule: JsonModule = JSON;

  // Written out, for the constructor that a class gets without one takes longer.
  constructor(environ: Environ, options?: RequestOptions) {
    super(environ, options);
  }

  /** As the static property, for this request. */
  get decodesContent(): boolean {
    return (this.constructor as typeof RequestContent).decodesContent;
  }
  set decodesContent(decodes: boolean) {
    defineOwn(this, 'decodesContent', decodes);
  }

  /**
   * The body as it arrives, for uploads too large for memory. Once it is read here, `bytes()` and
   * the like reject with `BodyConsumedError`; after them, it is what they have kept.
   *
   * @throws RequestEntityTooLarge if more than `maxContentLength` bytes are declared; reading
   * throws it if as many arrive.
   * @throws UnsupportedMediaType if the body `decodesContent` and its coding is not known.
   * @throws BodyConsumedError after `form()` of a multipart form, or `parts()`.
   * @throws ShallowRequestError if the request was made `shallow`, as all that follows does.
   */
  get stream(): InputStream {
    return contentOf(this).stream;
  }

  /** The input of the server as it is: without limits, and for some servers without an end. */
  get inputStream(): InputStream {
    return this.environ['gateway.input'];
  }

  /**
   * The whole body. Like `text()` and `json()` it reads the body once and keeps it, so that each can
   * follow any other, and `form()`, `parts()` and `stream` can follow them.
   *
   * @throws RequestEntityTooLarge if there are more than `maxBufferSize` bytes.
   * @throws BodyConsumedError after `form()` of a multipart form, or `parts()`.
   */
  bytes(): Promise<Uint8Array> {
    return awaitedLate(contentOf(this).bytes(this.maxBufferSize));
  }

  /**
   * The whole body as text; what isn't UTF-8 becomes U+FFFD.
   *
   * @throws the same as `bytes()`.
   */
  text(): Promise<string> {
    const bytes = contentOf(this).view(this.maxBufferSize);
    return awaitedLate(bytes.then((octets) => decoder.decode(octets)));
  }

  /**
   * The whole body as JSON. The value is parsed once, and every call gives the same.
   *
   * @throws UnsupportedMediaType if the `Content-Type` isn't that of JSON.
   * @throws BadRequest if the body isn't JSON in UTF-8.
   * @throws the same as `bytes()`.
   */
  json<T = unknown>(options: JsonOptions & { silent: true }): Promise<T | null>;
  json<T = unknown>(options?: JsonOptions): Promise<T>;
  json(options: JsonOptions = {}): Promise<unknown> {
    const { jsonModule } = this.constructor as typeof RequestContent;
    const read = () => contentOf(this).view(this.maxBufferSize);
    return awaitedLate(readJson(this, stateOf(this), read, jsonModule, options));
  }

  /**
   * The body; no bytes if a form was made of it. With the options' defaults it is kept.
   * `bytes()` and `text()` are for new code: they tell what was read already by an error.
   *
   * @throws RequestEntityTooLarge if there are more than `maxBufferSize` bytes.
   */
  getData(options: DataOptions & { asText: true }): Promise<string>;
  getData(options?: DataOptions & { asText?: false | undefined }): Promise<Uint8Array>;
  getData(options?: DataOptions): Promise<Uint8Array | string>;
  getData(options: DataOptions = {}): Promise<Uint8Array | string> {
    return awaitedLate(readData(this, options));
  }

  /** The body if it is no form: `getData({ parseFormData: true })`. */
  data(): Promise<Uint8Array> {
    return this.getData({ parseFormData: true });
  }

  /**
   * The fields of a form, whatever the method; empty for a body of another type.
   *
   * @throws BadRequest if the form is malformed, or a multipart one has no boundary.
   * @throws RequestEntityTooLarge if there are more than `maxFormMemorySize` bytes of fields, more
   * than `maxFormParts` parts or `maxFormFields` fields.
   * @throws BodyConsumedError if the form was read by `parts()` or otherwise, and not kept.
   */
  form(): Promise<ImmutableMultiDict> {
    return awaitedLate(formOf(this, stateOf(this), contentOf(this)).then(({ form }) => form));
  }

  /**
   * The files of a form. They are closed, and removed from the disk, when the request ends; what is
   * to last is saved before that.
   *
   * @throws the same as `form()`, for both are read at once.
   */
  files(): Promise<FileMultiDict> {
    return awaitedLate(formOf(this, stateOf(this), contentOf(this)).then(({ files }) => files));
  }

  /** `args`, then the fields of the form, as one; with GET `args` alone. */
  values(): Promise<CombinedMultiDict> {
    return awaitedLate(readValues(this));
  }

  /**
   * The parts of a form of type `multipart/form-data` as they arrive, none of them kept:
   * `for await (const part of request.parts())`. In place of `form()` and `files()`.
   *
   * @param limits go before those of the request.
   * @throws UnsupportedMediaType for another type.
   * @throws BadRequest, RequestEntityTooLarge and BodyConsumedError, while they are read, as `form()`
   * does; ArgumentError when a limit is negative or no number.
   */
  parts(limits: FormPartLimits = {}): AsyncGenerator<FormPart, void, undefined> {
    if (this.mimetype !== 'multipart/form-data') {
      throw new UnsupportedMediaType('The body has to be a form of type multipart/form-data.');
    }
    const { maxFormMemorySize, maxFormParts } = this;
    const stream = contentOf(this).take('parts()');
    return formParts(stream, this.mimetypeParams, {
      maxFormMemorySize,
      maxFormParts,
      ...withoutUndefined(limits),
    });
  }

  /**
   * Whether `form()` and `files()` parse the body. A subclass can have it its way; then both are
   * empty, and the body can be read otherwise. Default: whether there is a `Content-Type`.
   */
  get wantFormDataParsed(): boolean {
    return this.contentType !== undefined;
  }

  /**
   * Makes what parses the form. A subclass can make another, or give it other options:
   * `return super.makeFormDataParser({ spoolThreshold: 65_536 })`.
   *
   * @param options go before what the request says.
   */
  makeFormDataParser(options: FormDataParserOptions = {}): FormDataParser {
    const { formDataParserClass } = this.constructor as typeof RequestContent;
    return new formDataParserClass({
      streamFactory: (file) => this.getFileStream(file),
      maxContentLength: this.maxContentLength,
      maxFormMemorySize: this.maxFormMemorySize,
      maxFormParts: this.maxFormParts,
      maxFormFields: this.maxFormFields,
      silent: false,
      ...withoutUndefined(options),
    });
  }

  /**
   * Chooses where an uploaded file goes while it arrives. Default: memory while a form's files are
   * small, and a temporary file from then on.
   */
  getFileStream(file: FileUpload): FileSink | Promise<FileSink> {
    return defaultStreamFactory(file);
  }

  /**
   * What `json()` does with a body that isn't JSON. A subclass can answer in its own way, or return
   * a value to be taken for the body.
   *
   * @param error why it can't be parsed; `undefined` if the `Content-Type` is another.
   * @throws UnsupportedMediaType without an error, BadRequest with one.
   */
  onJsonLoadingFailed(error: unknown): unknown {
    if (error === undefined) {
      throw new UnsupportedMediaType(
        'The body has to be JSON, and the Content-Type has to say so: application/json.',
      );
    }
    throw new BadRequest('The body is not valid JSON in UTF-8.', { cause: error });
  }
}

function contentOf(request: RequestContent): RequestBody {
  return bodyOf(request, stateOf(request));
}

async function readData(
  request: RequestContent,
  { cache = true, asText = false, parseFormData = false }: DataOptions,
): Promise<Uint8Array | string> {
  const body = contentOf(request);
  if (parseFormData && !body.isTaken) await formOf(request, stateOf(request), body);
  let bytes: Uint8Array = new Uint8Array();
  if (!body.isTaken) {
    const { maxBufferSize } = request;
    bytes = await (cache ? body.bytes(maxBufferSize) : body.bytesFor('getData()', maxBufferSize));
  }
  return asText ? decoder.decode(bytes) : bytes;
}

async function readValues(request: RequestContent): Promise<CombinedMultiDict> {
  if (request.method === 'GET') return new CombinedMultiDict([request.args]);
  return new CombinedMultiDict([request.args, await request.form()]);
}
