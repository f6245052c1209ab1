import type { HeaderField } from '../protocol.ts';
import { HTTPException, type HTTPExceptionOptions } from './http-exception.ts';

/** 411: the request needs a Content-Length (RFC 9110 section 15.5.12). */
export class LengthRequired extends HTTPException {
  static override readonly code: number = 411;
  static override readonly errorCode: string = 'WERKSTATT_ERR_LENGTH_REQUIRED';
  static override readonly description: string =
    'A request with this method requires a valid <code>Content-Length</code> header.';
}

/** 413: the request body exceeds a limit (RFC 9110 section 15.5.14). */
export class RequestEntityTooLarge extends HTTPException {
  static override readonly code: number = 413;
  static override readonly errorCode: string = 'WERKSTATT_ERR_REQUEST_ENTITY_TOO_LARGE';
  static override readonly description: string =
    'The data value transmitted exceeds the capacity limit.';
}

/** What an `UnsupportedMediaType` can be given. */
export interface UnsupportedMediaTypeOptions extends HTTPExceptionOptions {
  /**
   * The content codings that are accepted, when it is the coding that is not processed; they become
   * the `Accept-Encoding` field (RFC 9110 section 12.5.3).
   */
  acceptEncoding?: Iterable<string> | undefined;
}

/** 415: the type of the request body is not processed here (RFC 9110 section 15.5.16). */
export class UnsupportedMediaType extends HTTPException {
  static override readonly code: number = 415;
  static override readonly errorCode: string = 'WERKSTATT_ERR_UNSUPPORTED_MEDIA_TYPE';
  static override readonly description: string =
    'The server does not process request bodies of this media type.';

  /** The content codings that are accepted, if they were given. */
  readonly acceptEncoding: readonly string[] | undefined;

  constructor(description?: string, options: UnsupportedMediaTypeOptions = {}) {
    super(description, options);
    this.acceptEncoding = options.acceptEncoding && [...options.acceptEncoding];
  }

  override getHeaders(): HeaderField[] {
    const headers = super.getHeaders();
    if (this.acceptEncoding) headers.push(['Accept-Encoding', this.acceptEncoding.join(', ')]);
    return headers;
  }
}

/** What a `RequestedRangeNotSatisfiable` can be given. */
export interface RangeNotSatisfiableOptions extends HTTPExceptionOptions {
  /** The length of the whole representation in `units`; it becomes the `Content-Range` field. */
  length?: number | undefined;
  /** The unit of `length`. Default: `'bytes'`. */
  units?: string | undefined;
}

/** 416: no part of the requested range exists (RFC 9110 section 15.5.17). */
export class RequestedRangeNotSatisfiable extends HTTPException {
  static override readonly code: number = 416;
  static override readonly errorCode: string = 'WERKSTATT_ERR_RANGE_NOT_SATISFIABLE';
  static override readonly description: string = 'The server cannot provide the requested range.';

  /** The length of the whole representation, if it was given. */
  readonly length: number | undefined;
  /** The unit of `length`. */
  readonly units: string;

  constructor(description?: string, options: RangeNotSatisfiableOptions = {}) {
    super(description, options);
    this.length = options.length;
    this.units = options.units ?? 'bytes';
  }

  override getHeaders(): HeaderField[] {
    const headers = super.getHeaders();
    if (this.length !== undefined) {
      headers.push(['Content-Range', `${this.units} */${this.length}`]);
    }
    return headers;
  }
}

/** 422: the request body is well formed and makes no sense (RFC 9110 section 15.5.21). */
export class UnprocessableEntity extends HTTPException {
  static override readonly code: number = 422;
  static override readonly errorCode: string = 'WERKSTATT_ERR_UNPROCESSABLE_ENTITY';
  static override readonly description: string =
    'The request was well-formed but was unable to be followed due to semantic errors.';
}
