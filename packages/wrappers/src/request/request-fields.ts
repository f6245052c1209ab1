import {
  Accept,
  Authorization,
  ClientHints,
  type Environ,
  ETags,
  getContentLength,
  HeaderSet,
  IfRange,
  LanguageAccept,
  MIMEAccept,
  type ParsedOptions,
  Priority,
  parseDate,
  parseOptionsHeader,
  parseSecFetchDest,
  parseSecFetchMode,
  parseSecFetchSite,
  parseSecFetchUser,
  Range,
  RequestCacheControl,
  type SecFetchDest,
  type SecFetchMode,
  type SecFetchSite,
  UserAgent,
} from '@werkstatt/core';
import { isJsonType } from '../values/json-type.ts';
import { RequestHead, type RequestOptions } from './request-head.ts';
import { stateOf } from './request-state.ts';

/** A whole number that fits a number of JavaScript. */
const WHOLE_NUMBER = /^[0-9]{1,15}$/;

/** A class that makes something of a `User-Agent`. */
export type UserAgentClass = new (header: string | undefined) => UserAgent;

/**
 * The header fields that have a structure, each parsed when it is first asked for. They are the
 * client's word: what is malformed counts as missing, or as far as it can be read, and never throws.
 */
export class RequestFields extends RequestHead {
  /** What `userAgent` is made with; a subclass of core's may tell one browser from another. */
  static userAgentClass: UserAgentClass = UserAgent;

  // Written out, for the constructor that a class gets without one takes longer.
  constructor(environ: Environ, options?: RequestOptions) {
    super(environ, options);
  }

  /** `Accept`: the media types that the client likes best. */
  get acceptMimetypes(): MIMEAccept {
    return parsed(this, 'HTTP_ACCEPT', readMimetypes);
  }

  /** `Accept-Encoding`: the codings that the client can undo. */
  get acceptEncodings(): Accept {
    return parsed(this, 'HTTP_ACCEPT_ENCODING', readAccept);
  }

  /** `Accept-Language`: the languages that the person likes best. */
  get acceptLanguages(): LanguageAccept {
    return parsed(this, 'HTTP_ACCEPT_LANGUAGE', readLanguages);
  }

  /** `Cache-Control`: what the client asks of caches. */
  get cacheControl(): RequestCacheControl {
    return parsed(this, 'HTTP_CACHE_CONTROL', RequestCacheControl.fromHeader);
  }

  /** `If-Match`: the request is meant for a resource that has one of these tags. */
  get ifMatch(): ETags {
    return parsed(this, 'HTTP_IF_MATCH', ETags.fromHeader);
  }

  /** `If-None-Match`: the tags of what the client has already. */
  get ifNoneMatch(): ETags {
    return parsed(this, 'HTTP_IF_NONE_MATCH', ETags.fromHeader);
  }

  /** `If-Modified-Since`: the date of what the client has already. */
  get ifModifiedSince(): Date | undefined {
    return parsed(this, 'HTTP_IF_MODIFIED_SINCE', readDate);
  }

  /** `If-Unmodified-Since`: the request is meant for a resource not changed after that. */
  get ifUnmodifiedSince(): Date | undefined {
    return parsed(this, 'HTTP_IF_UNMODIFIED_SINCE', readDate);
  }

  /** `If-Range`: a range is wanted only of a resource with this tag or date. */
  get ifRange(): IfRange {
    return parsed(this, 'HTTP_IF_RANGE', IfRange.fromHeader);
  }

  /** `Range`: the parts that are wanted; `undefined` when there is none, or it is malformed. */
  get range(): Range | undefined {
    return parsed(this, 'HTTP_RANGE', readRange);
  }

  /** `Authorization`: who the client says it is; `undefined` when missing or malformed. */
  get authorization(): Authorization | undefined {
    return parsed(this, 'HTTP_AUTHORIZATION', readAuthorization);
  }

  /** `User-Agent`, as `userAgentClass` has it. */
  get userAgent(): UserAgent {
    return parsed(this, 'HTTP_USER_AGENT', (header) => {
      return new (this.constructor as typeof RequestFields).userAgentClass(header);
    });
  }

  /** What a browser tells of itself by client hints. */
  get clientHints(): ClientHints {
    return parsed(this, 'HTTP_SEC_CH_UA', () => new ClientHints(this.headers));
  }

  /** `Priority`: how urgent the answer is (RFC 9218). */
  get priority(): Priority {
    return parsed(this, 'HTTP_PRIORITY', (header) => Priority.fromHeader(header));
  }

  /** `Date`: when the client says it sent the request. */
  get date(): Date | undefined {
    return parsed(this, 'HTTP_DATE', readDate);
  }

  /** `Max-Forwards`: how often a TRACE or OPTIONS may still be passed on. */
  get maxForwards(): number | undefined {
    const { HTTP_MAX_FORWARDS: value } = this.environ;
    return value !== undefined && WHOLE_NUMBER.test(value) ? Number(value) : undefined;
  }

  /** `Referer`: the page from which the request came. */
  get referrer(): string | undefined {
    return this.environ.HTTP_REFERER;
  }

  /** `Origin`: the site whose page makes the request. */
  get origin(): string | undefined {
    return this.environ.HTTP_ORIGIN;
  }

  /** `Access-Control-Request-Headers`: the fields that a page wants to send to another site. */
  get accessControlRequestHeaders(): HeaderSet | undefined {
    return parsed(this, 'HTTP_ACCESS_CONTROL_REQUEST_HEADERS', readHeaderSet);
  }

  /** `Access-Control-Request-Method`: the method that a page wants to use on another site. */
  get accessControlRequestMethod(): string | undefined {
    return this.environ.HTTP_ACCESS_CONTROL_REQUEST_METHOD;
  }

  /** `Sec-Fetch-Site`: how the page that makes the request is related to this server. */
  get secFetchSite(): SecFetchSite | undefined {
    return parseSecFetchSite(this.environ.HTTP_SEC_FETCH_SITE) ?? undefined;
  }

  /** `Sec-Fetch-Mode`: the mode of the request. */
  get secFetchMode(): SecFetchMode | undefined {
    return parseSecFetchMode(this.environ.HTTP_SEC_FETCH_MODE) ?? undefined;
  }

  /** `Sec-Fetch-User`: whether a person's action made the request. */
  get secFetchUser(): boolean {
    return parseSecFetchUser(this.environ.HTTP_SEC_FETCH_USER);
  }

  /** `Sec-Fetch-Dest`: what the browser wants the response for. */
  get secFetchDest(): SecFetchDest | undefined {
    return parseSecFetchDest(this.environ.HTTP_SEC_FETCH_DEST) ?? undefined;
  }

  /** `Content-Encoding`: how the body was compressed. */
  get contentEncoding(): string | undefined {
    return this.environ.HTTP_CONTENT_ENCODING;
  }

  /** `Content-Type`, parameters included. */
  get contentType(): string | undefined {
    return this.environ.CONTENT_TYPE || undefined;
  }

  /** The media type of the body in lower case, without parameters; `''` if there is none. */
  get mimetype(): string {
    return parsed(this, 'CONTENT_TYPE', readOptions)[0].toLowerCase();
  }

  /** The parameters of the media type, by their names in lower case. */
  get mimetypeParams(): Readonly<Record<string, string>> {
    return parsed(this, 'CONTENT_TYPE', readOptions)[1];
  }

  /** The declared length of the body; `undefined` if it wasn't declared, 0 if it is no number. */
  get contentLength(): number | undefined {
    return getContentLength(this.environ) ?? undefined;
  }

  /** Whether the media type says JSON: `application/json`, or one that ends in `+json`. */
  get isJson(): boolean {
    return isJsonType(this.mimetype);
  }
}

/** A field as it was parsed when it was first asked for. */
function parsed<T>(
  request: RequestFields,
  key: 'CONTENT_TYPE' | `HTTP_${string}`,
  parse: (header: string | undefined) => T,
): T {
  const state = stateOf(request);
  const fields = (state.fields ??= new Map());
  let value = fields.get(key) as T | undefined;
  if (value === undefined && !fields.has(key)) {
    value = parse(request.environ[key]);
    fields.set(key, value);
  }
  return value as T;
}

function readMimetypes(header: string | undefined): MIMEAccept {
  return MIMEAccept.fromHeader(header);
}

function readAccept(header: string | undefined): Accept {
  return Accept.fromHeader(header);
}

function readLanguages(header: string | undefined): LanguageAccept {
  return LanguageAccept.fromHeader(header);
}

function readDate(header: string | undefined): Date | undefined {
  return parseDate(header) ?? undefined;
}

function readRange(header: string | undefined): Range | undefined {
  return Range.fromHeader(header) ?? undefined;
}

function readAuthorization(header: string | undefined): Authorization | undefined {
  return Authorization.fromHeader(header) ?? undefined;
}

function readHeaderSet(header: string | undefined): HeaderSet | undefined {
  return header === undefined ? undefined : HeaderSet.fromHeader(header);
}

function readOptions(header: string | undefined): ParsedOptions {
  return parseOptionsHeader(header);
}
