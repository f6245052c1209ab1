/**
 * Why the server refuses a request before any application sees it: the status, and a sentence for
 * the body of the answer. After each of them the connection closes, for nothing that follows on it
 * can be trusted to be a request.
 */
export interface Refusal {
  /** Status code and reason phrase. */
  readonly status: string;
  readonly detail: string;
}

function refusal(status: string, detail: string): Refusal {
  return Object.freeze({ status, detail });
}

const BAD_REQUEST = '400 Bad Request';

export const BAD_METHOD: Refusal = refusal(
  BAD_REQUEST,
  'The request does not begin with a method and a space (RFC 9112 section 3).',
);
export const BAD_TARGET: Refusal = refusal(
  BAD_REQUEST,
  'The request target is empty, has an octet that no URI has, or none of the four forms (RFC 9112 section 3.2).',
);
export const BAD_VERSION: Refusal = refusal(
  BAD_REQUEST,
  'The request line does not end with a space, a version such as HTTP/1.1, and CRLF (RFC 9112 section 3).',
);
export const BAD_FIELD_NAME: Refusal = refusal(
  BAD_REQUEST,
  'A field line does not begin with a token and a colon (RFC 9112 section 5).',
);
export const BAD_FIELD_VALUE: Refusal = refusal(
  BAD_REQUEST,
  'A field value has a control character, or its line does not end with CRLF (RFC 9110 section 5.5).',
);
export const FOLDED_FIELD: Refusal = refusal(
  BAD_REQUEST,
  'A field line is folded, or the section begins with white space (RFC 9112 sections 2.2 and 5.2).',
);
export const MISSING_HOST: Refusal = refusal(
  BAD_REQUEST,
  'The request has no Host field (RFC 9112 section 3.2).',
);
export const REPEATED_HOST: Refusal = refusal(
  BAD_REQUEST,
  'The request has more than one Host field (RFC 9112 section 3.2).',
);
export const BAD_HOST: Refusal = refusal(
  BAD_REQUEST,
  'The Host field, or the authority of the target, is not a host with an optional port (RFC 9110 section 7.2).',
);
export const BAD_CONTENT_LENGTH: Refusal = refusal(
  BAD_REQUEST,
  'Content-Length is not one decimal number (RFC 9112 section 6.3).',
);
export const TWO_FRAMINGS: Refusal = refusal(
  BAD_REQUEST,
  'The request has both Content-Length and Transfer-Encoding (RFC 9112 section 6.3).',
);
export const BAD_TRANSFER_ENCODING: Refusal = refusal(
  BAD_REQUEST,
  'Transfer-Encoding is not "chunked", or stands in an HTTP/1.0 request (RFC 9112 section 6.1).',
);
export const BAD_CHUNK: Refusal = refusal(
  BAD_REQUEST,
  'A chunk of the body is malformed (RFC 9112 section 7.1).',
);
export const PLAIN_HTTP: Refusal = refusal(
  BAD_REQUEST,
  'This port speaks HTTPS, and the request came without TLS: open the same address with https://.',
);
export const REQUEST_TIMEOUT: Refusal = refusal(
  '408 Request Timeout',
  'The request did not arrive in the time allowed.',
);
export const BODY_TOO_LARGE: Refusal = refusal(
  '413 Content Too Large',
  'The request body is larger than the server takes.',
);
export const REQUEST_LINE_TOO_LONG: Refusal = refusal(
  '414 URI Too Long',
  'The request line is longer than the server takes.',
);
export const UNKNOWN_EXPECTATION: Refusal = refusal(
  '417 Expectation Failed',
  'The only expectation that can be met is 100-continue (RFC 9110 section 10.1.1).',
);
export const HEADER_TOO_LARGE: Refusal = refusal(
  '431 Request Header Fields Too Large',
  'The header section is larger, or has more fields, than the server takes.',
);
export const UNKNOWN_TRANSFER_CODING: Refusal = refusal(
  '501 Not Implemented',
  'The only transfer coding that the server decodes is chunked (RFC 9112 section 6.1).',
);
export const CONNECTION_FIELD: Refusal = refusal(
  BAD_REQUEST,
  'The request has a field about the connection, which HTTP/2 does not have (RFC 9113 section 8.2.2).',
);
export const BAD_SCHEME: Refusal = refusal(
  BAD_REQUEST,
  "The request's :scheme is not that of the connection (RFC 9113 section 8.3.1).",
);
export const TOO_MANY_RESETS: Refusal = refusal(
  'GOAWAY',
  'The client ended more requests before their answers than the server takes in a minute.',
);
export const NO_TUNNEL: Refusal = refusal(
  '501 Not Implemented',
  'The server is no proxy: CONNECT is not offered (RFC 9110 section 9.3.6).',
);
export const METHOD_TOO_LONG: Refusal = refusal(
  '501 Not Implemented',
  'The method is longer than any that the server knows.',
);
export const TOO_MANY_CONNECTIONS: Refusal = refusal(
  '503 Service Unavailable',
  'The server has as many connections as it takes. Try again later.',
);
export const VERSION_NOT_SUPPORTED: Refusal = refusal(
  '505 HTTP Version Not Supported',
  'The server speaks HTTP/1.1 and HTTP/1.0.',
);

/** The whole answer to a refused request. */
export function refusalMessage(
  { status, detail }: Refusal,
  generalFields: string,
  withContent: boolean,
): string {
  const content = `${detail}\n`;
  return (
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
    `Content-Length: ${content.length}\r\nConnection: close\r\n${generalFields}\r\n` +
    (withContent ? content : '')
  );
}
