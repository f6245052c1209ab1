import type { HeaderField, HeaderList } from '@werkstatt/core/protocol';
import { type ConnectionFacts, GatewayEnviron } from '../http1/environ.ts';
import { CONTENT_LENGTH, COOKIE, EXPECT, HOST } from '../http1/field-names.ts';
import { type Framing, readFraming } from '../http1/framing.ts';
import { EMPTY_INPUT } from '../http1/input.ts';
import type { Limits } from '../http1/limits.ts';
import { consistsOf, FIELD_VALUE, TARGET, TOKEN, trimBlanks } from '../http1/octets.ts';
import * as refusals from '../http1/refusals.ts';
import { decodePath, isHost } from '../http1/request-target.ts';
import { fieldKey, isConnectionField } from './field-keys.ts';

/** As in HTTP/1.1: a longer method is none that an application knows. */
const MAX_METHOD = 64;
/** What each field counts beyond its octets (RFC 9113 section 6.5.2). */
const FIELD_OVERHEAD = 32;

/** The head of a request, read. */
export interface RequestHead {
  readonly environ: GatewayEnviron;
  readonly framing: Framing;
  /** The client waits for a 100 (Continue) before it sends the body. */
  readonly expectContinue: boolean;
  /** The fields as they were received, without the pseudo-header fields. */
  readonly fields: HeaderList;
}

/** The control data of a request (RFC 9113 section 8.3.1). */
interface Control {
  method: string;
  path: string;
  scheme: string;
  authority: string | undefined;
}

/**
 * Makes the environ of a request from the fields of its HEADERS frame, by the rules that requests of
 * HTTP/1.1 are held to.
 *
 * @param raw names and values in turn, as `node:http2` gives them.
 * @param ended no body follows.
 */
export function readRequest(
  raw: readonly string[],
  facts: ConnectionFacts,
  limits: Limits,
  ended: boolean,
): RequestHead | refusals.Refusal {
  const control: Control = { method: '', path: '', scheme: '', authority: undefined };
  const start = readControl(raw, control);
  const refusal = judgeControl(control, facts, limits);
  if (refusal !== null) return refusal;
  const environ = environOf(control, facts);
  const fields: HeaderField[] = [];
  const seen = readFields(raw, start, environ, fields, limits);
  if (typeof seen !== 'number') return seen;
  const { authority } = control;
  const host = authority ?? environ.HTTP_HOST;
  if (host === undefined) return refusals.MISSING_HOST;
  const differs = environ.HTTP_HOST !== undefined && !sameHost(environ.HTTP_HOST, host);
  if (differs || !isHost(host)) return refusals.BAD_HOST;
  environ.HTTP_HOST = host;
  const framing = readFraming(environ, seen, false);
  if ('detail' in framing) return framing;
  if (framing.contentLength > limits.maxBodySize) return refusals.BODY_TOO_LARGE;
  return { environ, framing, expectContinue: (seen & EXPECT) !== 0 && !ended, fields };
}

/** Reads the pseudo-header fields, which come first. @returns where the others begin. */
function readControl(raw: readonly string[], control: Control): number {
  let at = 0;
  for (; at < raw.length && raw[at]!.startsWith(':'); at += 2) {
    const value = raw[at + 1]!;
    if (raw[at] === ':method') control.method = value;
    else if (raw[at] === ':path') control.path = value;
    else if (raw[at] === ':scheme') control.scheme = value;
    else if (raw[at] === ':authority') control.authority = value;
  }
  return at;
}

function judgeControl(
  { method, path, scheme }: Control,
  facts: ConnectionFacts,
  limits: Limits,
): refusals.Refusal | null {
  if (method === '' || !consistsOf(method, TOKEN)) return refusals.BAD_METHOD;
  if (method.length > MAX_METHOD) return refusals.METHOD_TOO_LONG;
  if (method === 'CONNECT') return refusals.NO_TUNNEL;
  if (path.length > limits.maxRequestLine) return refusals.REQUEST_LINE_TOO_LONG;
  if (!path.startsWith('/') && !(path === '*' && method === 'OPTIONS')) return refusals.BAD_TARGET;
  if (!consistsOf(path, TARGET)) return refusals.BAD_TARGET;
  return scheme.toLowerCase() === facts.scheme ? null : refusals.BAD_SCHEME;
}

function environOf({ method, path }: Control, facts: ConnectionFacts): GatewayEnviron {
  const mark = path.indexOf('?');
  const query = mark < 0 ? '' : path.slice(mark + 1);
  const decoded = decodePath(mark < 0 ? path : path.slice(0, mark));
  return new GatewayEnviron(facts, method, path, decoded, query, 'HTTP/2', EMPTY_INPUT);
}

/** @returns the fields that were there, as bits of `field-names.ts`. */
function readFields(
  raw: readonly string[],
  start: number,
  environ: GatewayEnviron,
  fields: HeaderField[],
  limits: Limits,
): number | refusals.Refusal {
  if ((raw.length - start) / 2 > limits.maxHeaderCount) return refusals.HEADER_TOO_LARGE;
  let seen = 0;
  let size = 0;
  for (let at = start; at < raw.length; at += 2) {
    const name = raw[at]!;
    const value = trimBlanks(raw[at + 1]!);
    size += name.length + value.length + FIELD_OVERHEAD;
    if (size > limits.maxHeaderSize) return refusals.HEADER_TOO_LARGE;
    const meaning = fieldKey(name);
    if (meaning === null) return refusals.BAD_FIELD_NAME;
    if (!consistsOf(value, FIELD_VALUE)) return refusals.BAD_FIELD_VALUE;
    if (isConnectionField(name, value)) return refusals.CONNECTION_FIELD;
    fields.push([name, value]);
    const { key, kind } = meaning;
    if (key === '') continue;
    const earlier = environ[key] as string | undefined;
    if (earlier === undefined) {
      environ[key] = value;
      seen |= kind;
    } else if (kind === HOST) return refusals.REPEATED_HOST;
    else if (kind === CONTENT_LENGTH) return refusals.BAD_CONTENT_LENGTH;
    // A cookie may come in crumbs (RFC 9113 section 8.2.3).
    else environ[key] = earlier + (kind === COOKIE ? '; ' : ', ') + value;
  }
  return seen;
}

function sameHost(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase();
}
