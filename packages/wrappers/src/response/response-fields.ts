import {
  AcceptCH,
  CallbackDict,
  ContentDisposition,
  ContentRange,
  dumpLinkHeader,
  dumpOptionsHeader,
  HeaderSet,
  InvalidHeaderError,
  type Link,
  Priority,
  parseLinkHeader,
  parseOptionsHeader,
  ResponseCacheControl,
  ServerTiming,
  Vary,
  WWWAuthenticate,
} from '@werkstatt/core';
import {
  type DateInit,
  getDate,
  getSeconds,
  setDate,
  setField,
  setSeconds,
} from './field-values.ts';
import { type HeaderListText, type HeaderText, LiveHeader } from './live-header.ts';
import { ResponseHead } from './response-head.ts';

const ACCEPT_CH = new LiveHeader('Accept-CH', (text, onUpdate) =>
  AcceptCH.fromHeader(text, onUpdate),
);
const ALLOW = new LiveHeader('Allow', (text, onUpdate) => HeaderSet.fromHeader(text, onUpdate));
const CACHE_CONTROL = new LiveHeader('Cache-Control', (text, onUpdate) =>
  ResponseCacheControl.fromHeader(text, onUpdate),
);
const CONTENT_DISPOSITION = new LiveHeader(
  'Content-Disposition',
  (text, onUpdate) => ContentDisposition.fromHeader(text, onUpdate) ?? undefined,
  { single: true },
);
const CONTENT_LANGUAGE = new LiveHeader('Content-Language', (text, onUpdate) =>
  HeaderSet.fromHeader(text, onUpdate),
);
const CONTENT_RANGE = new LiveHeader(
  'Content-Range',
  (text, onUpdate) =>
    ContentRange.fromHeader(text, onUpdate) ?? new ContentRange({ units: null }, onUpdate),
  { single: true },
);
const LINK = new LiveHeader<readonly Link[]>('Link', (text) =>
  Object.freeze(parseLinkHeader(text)),
);
const MIMETYPE_PARAMS = new LiveHeader(
  'Content-Type',
  (text, onUpdate) => {
    const [mimetype, params] = parseOptionsHeader(text);
    return new CallbackDict(Object.entries(params), (changed) => {
      onUpdate({ toHeader: () => dumpMimetype(mimetype, changed) });
    });
  },
  { single: true },
);
const PRIORITY = new LiveHeader('Priority', (text, onUpdate) =>
  Priority.fromHeader(text, onUpdate),
);
const SERVER_TIMING = new LiveHeader('Server-Timing', (text, onUpdate) =>
  ServerTiming.fromHeader(text, onUpdate),
);
const VARY = new LiveHeader('Vary', (text, onUpdate) => Vary.fromHeader(text, onUpdate));
const WWW_AUTHENTICATE = new LiveHeader(
  'WWW-Authenticate',
  (text, onUpdate) => WWWAuthenticate.fromHeader(text, onUpdate) ?? undefined,
  { single: true },
);

/**
 * The header fields that have a property, but for those of `ResponsePolicies`. `undefined`: the field
 * is missing, or can't be read. Set to `undefined` or null, a property removes its field; set to
 * what can't be sent, it throws an `InvalidHeaderError`.
 *
 * Objects are live: a change of `response.vary` changes the field, a change of the field shows in
 * `response.vary`, and one that is empty has no field. What a property is set to is written to the
 * field, and can be changed by what the property then is.
 */
export abstract class ResponseFields extends ResponseHead {
  /** `Accept-CH`: the client hints that the server would like to get (RFC 8942). */
  get acceptCH(): AcceptCH {
    return ACCEPT_CH.get(this.headers);
  }
  set acceptCH(value: HeaderListText) {
    ACCEPT_CH.set(this.headers, value);
  }

  /** `Accept-Ranges`: the units of the ranges that can be asked for, as `bytes`, or `none`. */
  get acceptRanges(): string | undefined {
    return this.headers.get('Accept-Ranges');
  }
  set acceptRanges(value: string | null | undefined) {
    setField(this.headers, 'Accept-Ranges', value);
  }

  /** `Age`: for how many seconds a cache has had the response. */
  get age(): number | undefined {
    return getSeconds(this.headers, 'Age');
  }
  set age(seconds: number | null | undefined) {
    setSeconds(this.headers, 'Age', seconds);
  }

  /** `Allow`: the methods that there are, as a 405 has to say. */
  get allow(): HeaderSet {
    return ALLOW.get(this.headers);
  }
  set allow(value: HeaderListText) {
    ALLOW.set(this.headers, value);
  }

  /** `Cache-Control`: `response.cacheControl.maxAge = 60`. */
  get cacheControl(): ResponseCacheControl {
    return CACHE_CONTROL.get(this.headers);
  }
  set cacheControl(value: HeaderText) {
    CACHE_CONTROL.set(this.headers, value);
  }

  /** `Content-Disposition`: whether the content is shown or saved, and as which file. */
  get contentDisposition(): ContentDisposition | undefined {
    return CONTENT_DISPOSITION.get(this.headers);
  }
  set contentDisposition(value: HeaderText) {
    CONTENT_DISPOSITION.set(this.headers, value);
  }

  /** `Content-Encoding`: how the body is coded, as `gzip`; setting it doesn't code it. */
  get contentEncoding(): string | undefined {
    return this.headers.get('Content-Encoding');
  }
  set contentEncoding(value: string | null | undefined) {
    setField(this.headers, 'Content-Encoding', value);
  }

  /** `Content-Language`: the languages of those for whom the content is. */
  get contentLanguage(): HeaderSet {
    return CONTENT_LANGUAGE.get(this.headers);
  }
  set contentLanguage(value: HeaderListText) {
    CONTENT_LANGUAGE.set(this.headers, value);
  }

  /** `Content-Range`: which part of the whole the body is. Without the field, `isEmpty` is true. */
  get contentRange(): ContentRange {
    return CONTENT_RANGE.get(this.headers);
  }
  set contentRange(value: HeaderText) {
    CONTENT_RANGE.set(this.headers, value);
  }

  /** `Date`: when the response was made. Servers add it where it is missing. */
  get date(): Date | undefined {
    return getDate(this.headers, 'Date');
  }
  set date(value: DateInit) {
    setDate(this.headers, 'Date', value);
  }

  /** `Expires`: until when the response is fresh; `cacheControl.maxAge` overrides it. */
  get expires(): Date | undefined {
    return getDate(this.headers, 'Expires');
  }
  set expires(value: DateInit) {
    setDate(this.headers, 'Expires', value);
  }

  /** `Last-Modified`: when the content was changed last, in whole seconds. */
  get lastModified(): Date | undefined {
    return getDate(this.headers, 'Last-Modified');
  }
  set lastModified(value: DateInit) {
    setDate(this.headers, 'Last-Modified', value);
  }

  /** `Link`: what the content has to do with other resources (RFC 8288). Set the whole list. */
  get link(): readonly Link[] {
    return LINK.get(this.headers);
  }
  set link(value: string | Iterable<Link> | null | undefined) {
    const isText = typeof value === 'string' || value === null || value === undefined;
    LINK.set(this.headers, isText ? value : dumpLinkHeader(value));
  }

  /**
   * The parameters of `Content-Type`: `response.mimetypeParams.set('charset', 'latin1')`. Their names
   * are in lower case.
   *
   * @throws InvalidHeaderError when there is no media type that they could belong to.
   */
  get mimetypeParams(): CallbackDict<string, string> {
    return MIMETYPE_PARAMS.get(this.headers);
  }

  /** `Priority`: how urgent the response is to its server (RFC 9218). */
  get priority(): Priority {
    return PRIORITY.get(this.headers);
  }
  set priority(value: HeaderText) {
    PRIORITY.set(this.headers, value);
  }

  /**
   * `Retry-After`: from when on to ask again. A number of seconds reads as the time that many seconds
   * from now; it is set to a time, or to a number of seconds, which is sent as it is.
   */
  get retryAfter(): Date | undefined {
    const seconds = getSeconds(this.headers, 'Retry-After');
    if (seconds === undefined) return getDate(this.headers, 'Retry-After');
    const time = new Date(Date.now() + seconds * 1000);
    return Number.isNaN(time.getTime()) ? undefined : time;
  }
  set retryAfter(value: Date | number | null | undefined) {
    if (typeof value === 'number') setSeconds(this.headers, 'Retry-After', value);
    else setDate(this.headers, 'Retry-After', value);
  }

  /** `Server-Timing`: what took how long, for everybody to see. */
  get serverTiming(): ServerTiming {
    return SERVER_TIMING.get(this.headers);
  }
  set serverTiming(value: HeaderText) {
    SERVER_TIMING.set(this.headers, value);
  }

  /** `Vary`: the request headers that had a part in choosing the response. */
  get vary(): Vary {
    return VARY.get(this.headers);
  }
  set vary(value: HeaderListText) {
    VARY.set(this.headers, value);
  }

  /**
   * `WWW-Authenticate`: how a client can show who it is, as a 401 has to say. It is the first of
   * several challenges, and can be set to a list of them.
   */
  get wwwAuthenticate(): WWWAuthenticate | undefined {
    return WWW_AUTHENTICATE.get(this.headers);
  }
  set wwwAuthenticate(value: HeaderText | readonly WWWAuthenticate[]) {
    const challenges = Array.isArray(value) ? value.map(String) : undefined;
    if (challenges) this.headers.setlist('WWW-Authenticate', challenges);
    else WWW_AUTHENTICATE.set(this.headers, value as HeaderText);
  }
}

function dumpMimetype(mimetype: string, params: Iterable<readonly [string, string]>): string {
  if (mimetype !== '') return dumpOptionsHeader(mimetype, Object.fromEntries(params));
  throw new InvalidHeaderError(
    'There is no Content-Type that could have parameters; set `mimetype` first.',
  );
}
