import type { Message } from './fixture-files.ts';

/** Why our server does otherwise with some fixtures than those who wrote them. */
export interface Reason {
  /** With the section of the RFC. */
  readonly because: string;
  readonly fixtures: readonly string[];
}

/** A reason to refuse; `says` is what the refusal has to say. */
export interface Refused extends Reason {
  readonly says: string;
}

/** Fixtures that are valid to others, and refused here. A Host that is missing is none of them. */
export const STRICTER: readonly Refused[] = [
  {
    because: 'a fragment is no part of a request target (RFC 9112 section 3.2.1)',
    says: 'The request target',
    fixtures: [
      'gunicorn valid/005',
      'gunicorn valid/009',
      'llhttp transfer-encoding:751 POST with `chunked` as last transfer-encoding',
      'llhttp transfer-encoding:793 POST with `chunked` as last transfer-encoding (multiple headers)',
      'llhttp uri:165 Fragment in URI',
    ],
  },
  {
    because:
      'a target has no octets beyond those of a URI (RFC 9112 section 3.2, RFC 3986 section 2)',
    says: 'The request target',
    fixtures: ['gunicorn valid/027'],
  },
  {
    because:
      'user information in an http URI is an error, for it can hide the host (RFC 9110 section 4.2.4)',
    says: 'The request target',
    fixtures: [
      'gunicorn valid/rfc9112_target_absolute_userinfo_01',
      'llhttp uri:222 `host:port` and basic auth',
    ],
  },
  {
    because: 'the asterisk form is for OPTIONS (RFC 9112 section 3.2.4)',
    says: 'The request target',
    fixtures: ['llhttp method:135 M-SEARCH request'],
  },
  {
    because: 'a request line without a version is HTTP/0.9 (RFC 9112 section 3)',
    says: 'The request target',
    fixtures: ['llhttp sample:314 No HTTP version'],
  },
  {
    because: 'the protocol is HTTP (RFC 9112 section 2.3)',
    says: 'a version such as HTTP/1.1',
    fixtures: [
      'llhttp method:372 SOURCE request with ICE',
      'llhttp method:400 OPTIONS request with RTSP',
      'llhttp method:430 ANNOUNCE request with RTSP',
    ],
  },
  {
    because:
      'who is to speak the PROXY protocol has to: a client could speak for it (its specification, section 2)',
    says: 'PROXY',
    fixtures: ['gunicorn valid/pp_03'],
  },
  {
    because: 'white space before a colon has to be refused (RFC 9112 section 5.1)',
    says: 'a token and a colon',
    fixtures: ['gunicorn valid/028'],
  },
  {
    because:
      'a folded line has to be refused, or replaced before anything looks (RFC 9112 section 5.2)',
    says: 'is folded',
    fixtures: ['gunicorn valid/compat_obs_fold', 'gunicorn valid/compat_obs_fold_huge'],
  },
  {
    because: '501 for a transfer coding that is not understood (RFC 9112 section 6.1)',
    says: 'decodes is chunked',
    fixtures: [
      'gunicorn valid/025',
      'gunicorn valid/025_line',
      'gunicorn valid/rfc9112_smuggle_gzip_chunked_01',
    ],
  },
  {
    because:
      'the coding identity is no more, and hides smuggling (RFC 9112 section 6.1, RFC 7230 appendix A.2)',
    says: 'Transfer-Encoding is not',
    fixtures: [
      'gunicorn valid/029',
      'gunicorn valid/030',
      'gunicorn valid/rfc9112_smuggle_te_identity_chunked_01',
    ],
  },
  {
    because: 'the server is no proxy (RFC 9110 section 9.3.6)',
    says: 'CONNECT is not offered',
    fixtures: [
      'gunicorn valid/rfc9112_target_authority_connect_01',
      'gunicorn valid/rfc9112_target_authority_ipv6_01',
      'llhttp method:27 CONNECT request',
      'llhttp method:62 CONNECT request with CAPS',
      'llhttp method:96 CONNECT with body',
      'llhttp uri:188 Underscore in hostname',
    ],
  },
  {
    because: 'the octets end within the body, which is incomplete then (RFC 9112 section 8)',
    says: 'did not come whole',
    fixtures: [
      'gunicorn valid/099',
      'llhttp content-length:444 Content-Length reset when no body is received',
    ],
  },
];

/** Fixtures that others refuse, and that are valid. */
export const LOOSER: readonly Reason[] = [
  {
    because:
      'any token is a method, and the application answers those it does not know (RFC 9110 section 9.1)',
    fixtures: [
      'gunicorn invalid/003c',
      'llhttp invalid:66 HTTP protocol and ANNOUNCE method',
      'llhttp invalid:356 Invalid method',
    ],
  },
  {
    because:
      'our limits are others: 8,000 octets and more for a line, 65,536 for a head (RFC 9112 section 3)',
    fixtures: [
      'gunicorn invalid/006',
      'gunicorn invalid/007',
      'gunicorn invalid/008',
      'gunicorn invalid/010',
      'gunicorn invalid/011',
      'gunicorn invalid/012',
      'gunicorn invalid/017',
      'gunicorn invalid/limit_header_default_01',
    ],
  },
  {
    because: 'what proxies say is for the application to believe or not (RFC 7239 section 8.1)',
    fixtures: ['gunicorn invalid/019'],
  },
  {
    because:
      'names with an underscore are valid tokens; they reach no key of the environ (RFC 9110 section 5.1)',
    fixtures: ['gunicorn invalid/040', 'gunicorn invalid/chunked_07'],
  },
  {
    because:
      'a repeated Content-Type is no matter of framing; its values are joined, and no type (RFC 9110 section 8.3)',
    fixtures: ['gunicorn invalid/041'],
  },
];

/** Fixtures that are taken, and read otherwise. */
export const UNLIKE: ReadonlyMap<
  string,
  { readonly because: string; readonly changes: Partial<Message> }
> = new Map([
  [
    'gunicorn valid/031compat',
    {
      because: 'methods are case-sensitive (RFC 9110 section 9.1)',
      changes: { method: '-blargh' },
    },
  ],
]);
