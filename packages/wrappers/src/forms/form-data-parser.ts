import {
  BadRequest,
  type Environ,
  getContentLength,
  getInputStream,
  type InputStream,
  parseOptionsHeader,
  RequestEntityTooLarge,
} from '@werkstatt/core';
import type { MultipartLimits } from '../multipart/multipart-limits.ts';
import { checkLimit } from '../values/check-limit.ts';
import {
  decoderLimits,
  type FormPartLimits,
  MAX_CONTENT_LENGTH,
  MAX_FORM_FIELDS,
} from './form-limits.ts';
import { MultipartForm } from './multipart-form.ts';
import { ParsedForm } from './parsed-form.ts';
import type { SpoolOptions } from './spool.ts';
import { defaultStreamFactory, type StreamFactory } from './stream-factory.ts';
import { parseUrlencoded, readUrlencoded } from './urlencoded.ts';

/** How forms are parsed. */
export interface FormDataParserOptions extends FormPartLimits, SpoolOptions {
  /** Chooses where an uploaded file goes. Default: `defaultStreamFactory`. */
  streamFactory?: StreamFactory | undefined;
  /**
   * How many bytes the body may have, files included. Default: 536,870,912 (512 MiB). Without it, one
   * request fills the disk with a temporary file.
   */
  maxContentLength?: number | undefined;
  /**
   * How many fields a form of type `application/x-www-form-urlencoded` may have; `maxFormParts` does
   * not count them. Default: 1000. Without it, a form of tiny fields becomes many times its size in
   * objects.
   */
  maxFormFields?: number | undefined;
  /**
   * Takes a malformed form for an empty one. Default: true. Limits, a client that goes away and a disk
   * that fails are errors all the same.
   */
  silent?: boolean | undefined;
}

/**
 * Parses bodies of type `multipart/form-data` (RFC 7578) and `application/x-www-form-urlencoded` (URL
 * Standard section 5); a body of any other type is left alone.
 *
 * Fields are kept in memory; files too while they are small, then they go to one temporary file per
 * form. When parsing fails, nothing of that is left.
 */
export class FormDataParser {
  /** Where uploaded files go. */
  readonly streamFactory: StreamFactory;
  /** How many bytes the body may have. */
  readonly maxContentLength: number;
  /** How many bytes the fields may have together. */
  readonly maxFormMemorySize: number;
  /** How many parts a multipart form may have. */
  readonly maxFormParts: number;
  /** How many fields a form may have that is not multipart. */
  readonly maxFormFields: number;
  /** Whether a malformed form is taken for an empty one. */
  readonly silent: boolean;
  readonly #limits: MultipartLimits;
  readonly #spool: SpoolOptions;

  /** @throws ArgumentError when a limit is negative or no number; `Infinity` is no limit. */
  constructor(options: FormDataParserOptions = {}) {
    const { maxContentLength = MAX_CONTENT_LENGTH, maxFormFields = MAX_FORM_FIELDS } = options;
    this.#limits = decoderLimits(options);
    this.streamFactory = options.streamFactory ?? defaultStreamFactory;
    this.maxContentLength = checkLimit('maxContentLength', maxContentLength);
    this.maxFormMemorySize = this.#limits.maxFormMemorySize;
    this.maxFormParts = this.#limits.maxParts;
    this.maxFormFields = checkLimit('maxFormFields', maxFormFields);
    this.silent = options.silent ?? true;
    this.#spool = options;
  }

  /**
   * Parses the form of a request. Nothing is read of a body of which nobody knows where it ends.
   *
   * @throws the same as `parse`.
   */
  async parseFromEnviron(environ: Environ): Promise<ParsedForm> {
    const { maxContentLength } = this;
    const stream = getInputStream(environ, {
      maxContentLength: maxContentLength === Number.POSITIVE_INFINITY ? null : maxContentLength,
    });
    const [mimetype, options] = parseOptionsHeader(environ.CONTENT_TYPE);
    const length = getContentLength(environ) ?? undefined;
    return this.parse(stream, mimetype.toLowerCase(), length, options);
  }

  /**
   * Parses a body.
   *
   * @param mimetype the media type in lower case, without parameters.
   * @param contentLength how many bytes the client says there are, if it does.
   * @param options the parameters of the media type, by their names in lower case.
   * @throws RequestEntityTooLarge when the form exceeds a limit.
   * @throws BadRequest when it is malformed, unless `silent`.
   * @throws ClientDisconnected when the body breaks off.
   * @throws SpoolError when a file can't be stored.
   */
  async parse(
    stream: InputStream,
    mimetype: string,
    contentLength?: number | undefined,
    options: Readonly<Record<string, string>> = {},
  ): Promise<ParsedForm> {
    if (contentLength !== undefined && contentLength > this.maxContentLength) {
      throw new RequestEntityTooLarge(
        `The form has ${contentLength} bytes, and ${this.maxContentLength} are allowed here.`,
      );
    }
    if (mimetype === 'multipart/form-data') {
      return this.#parseMultipart(stream, contentLength, options);
    }
    if (mimetype === 'application/x-www-form-urlencoded') {
      return this.#parseUrlencoded(stream, contentLength);
    }
    return new ParsedForm(stream);
  }

  async #parseMultipart(
    stream: InputStream,
    totalContentLength: number | undefined,
    options: Readonly<Record<string, string>>,
  ): Promise<ParsedForm> {
    const { streamFactory } = this;
    const form = new MultipartForm({
      parameters: options,
      limits: this.#limits,
      spool: this.#spool,
      streamFactory,
      totalContentLength,
    });
    try {
      return new ParsedForm(stream, await form.read(stream));
    } catch (error) {
      if (this.silent && form.isMalformed(error)) return new ParsedForm(stream);
      throw error;
    }
  }

  async #parseUrlencoded(
    stream: InputStream,
    contentLength: number | undefined,
  ): Promise<ParsedForm> {
    const body = await readUrlencoded(stream, contentLength, this.maxFormMemorySize);
    try {
      return new ParsedForm(stream, { form: parseUrlencoded(body, this.maxFormFields) });
    } catch (error) {
      if (this.silent && error instanceof BadRequest) return new ParsedForm(stream);
      throw error;
    }
  }
}

/**
 * Parses the form of a request: `new FormDataParser(options).parseFromEnviron(environ)`. Close the
 * result when you are done with its files.
 *
 * @throws RequestEntityTooLarge when the form exceeds a limit.
 * @throws BadRequest when it is malformed and `silent` is false.
 */
export function parseFormData(
  environ: Environ,
  options: FormDataParserOptions = {},
): Promise<ParsedForm> {
  return new FormDataParser(options).parseFromEnviron(environ);
}
