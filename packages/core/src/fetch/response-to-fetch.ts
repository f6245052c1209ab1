import { ArgumentError } from '../errors/argument-error.ts';
import type { Body, HeaderList } from '../protocol.ts';
import { concatBytes } from '../streams/bytes.ts';
import { type BodyToStreamOptions, bodyToStream, closeBody } from './body-to-stream.ts';

const STATUS = /^([0-9]{3})(?: (.*))?$/;

/** Codes whose responses have no body (Fetch Standard, "null body status"). */
const NULL_BODY_CODES: ReadonlySet<number> = new Set([204, 205, 304]);

/** How a response is turned into the platform's. */
export interface ResponseToFetchOptions extends BodyToStreamOptions {
  /** The method of the request: the answer to HEAD has no body. Default: `'GET'`. */
  method?: string | undefined;
}

/**
 * What an application answered as the platform's `Response`. A list of chunks goes in as a whole;
 * every other body is pulled as the response is read, and given up when its reader cancels. A body
 * that is not sent, after HEAD or with a status that has none, is closed at once.
 *
 * @throws ArgumentError for a status that a `Response` cannot have: it goes from 200 to 599.
 */
export function responseToFetch(
  status: string,
  headers: HeaderList,
  body: Body,
  options: ResponseToFetchOptions = {},
): globalThis.Response {
  try {
    const [code, statusText] = splitStatus(status);
    const fields = new globalThis.Headers();
    for (const [name, value] of headers) fields.append(name, value);
    const isSilent = options.method === 'HEAD' || NULL_BODY_CODES.has(code);
    // Without a body first: what is wrong with the head shows before the body is touched.
    const init = { status: code, statusText, headers: fields };
    const head = new globalThis.Response(null, init);
    if (isSilent) void closeBody(body, options.onError);
    return isSilent ? head : new globalThis.Response(fetchBody(body, options), init);
  } catch (error) {
    void closeBody(body, options.onError);
    throw error;
  }
}

function splitStatus(status: string): [code: number, statusText: string] {
  const match = STATUS.exec(status);
  const code = Number(match?.[1]);
  if (match && code >= 200 && code <= 599) return [code, match[2] ?? ''];
  throw new ArgumentError(
    `The status of a Response is a code from 200 to 599 and a phrase, not ${JSON.stringify(status)}.`,
  );
}

function fetchBody(
  body: Body,
  options: ResponseToFetchOptions,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (!Array.isArray(body)) return bodyToStream(body, options);
  const bytes = concatBytes(body as Uint8Array[]);
  void closeBody(body, options.onError);
  return bytes as Uint8Array<ArrayBuffer>;
}
