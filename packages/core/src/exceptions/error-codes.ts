/**
 * The stable codes of every error that this package throws, each with the one line that explains
 * it. Texts of errors may change; a code never does, so it is what to search for and to compare.
 * An `HTTPException` has its code in `errorCode`, every other error in `code`.
 */
export const ERROR_CODES = {
  WERKSTATT_ERR_HTTP: 'An HTTP error of no more special kind.',
  WERKSTATT_ERR_BAD_REQUEST: 'The request could not be understood.',
  WERKSTATT_ERR_MISSING_KEY:
    'A form, query, cookie or header that the application needs is missing.',
  WERKSTATT_ERR_CLIENT_DISCONNECTED: 'The client went away before its request was complete.',
  WERKSTATT_ERR_SECURITY: 'The request broke a rule that protects the application.',
  WERKSTATT_ERR_BAD_HOST: 'The Host header is malformed or names a host that is not served.',
  WERKSTATT_ERR_UNAUTHORIZED: 'The request lacks valid credentials.',
  WERKSTATT_ERR_FORBIDDEN: 'The client may not have this resource.',
  WERKSTATT_ERR_NOT_FOUND: 'There is no resource at this URL.',
  WERKSTATT_ERR_METHOD_NOT_ALLOWED: 'The resource does not know this method.',
  WERKSTATT_ERR_NOT_ACCEPTABLE: 'No representation fits what the client accepts.',
  WERKSTATT_ERR_REQUEST_TIMEOUT: 'The request did not arrive in time.',
  WERKSTATT_ERR_CONFLICT: 'The request conflicts with the state of the resource.',
  WERKSTATT_ERR_GONE: 'The resource existed and will not come back.',
  WERKSTATT_ERR_LENGTH_REQUIRED: 'The request needs a Content-Length.',
  WERKSTATT_ERR_PRECONDITION_FAILED: 'A condition in the request headers does not hold.',
  WERKSTATT_ERR_REQUEST_ENTITY_TOO_LARGE: 'The request body exceeds a limit.',
  WERKSTATT_ERR_REQUEST_URI_TOO_LARGE: 'The request target exceeds a limit.',
  WERKSTATT_ERR_UNSUPPORTED_MEDIA_TYPE: 'The request body has a type that is not processed here.',
  WERKSTATT_ERR_RANGE_NOT_SATISFIABLE: 'No part of the requested range exists.',
  WERKSTATT_ERR_EXPECTATION_FAILED: 'The Expect header cannot be met.',
  WERKSTATT_ERR_TEAPOT: 'The server is a teapot.',
  WERKSTATT_ERR_MISDIRECTED_REQUEST: 'The request reached a server that cannot answer for it.',
  WERKSTATT_ERR_UNPROCESSABLE_ENTITY: 'The request body is well formed and makes no sense.',
  WERKSTATT_ERR_LOCKED: 'The resource is locked.',
  WERKSTATT_ERR_FAILED_DEPENDENCY: 'Another action that this one needs has failed.',
  WERKSTATT_ERR_PRECONDITION_REQUIRED: 'The request must be conditional.',
  WERKSTATT_ERR_TOO_MANY_REQUESTS: 'The client sent more requests than it may.',
  WERKSTATT_ERR_REQUEST_HEADER_FIELDS_TOO_LARGE: 'The request headers exceed a limit.',
  WERKSTATT_ERR_UNAVAILABLE_FOR_LEGAL_REASONS: 'The resource is withheld by law.',
  WERKSTATT_ERR_INTERNAL_SERVER_ERROR: 'The application failed.',
  WERKSTATT_ERR_NOT_IMPLEMENTED: 'The server does not support the method at all.',
  WERKSTATT_ERR_BAD_GATEWAY: 'An upstream server gave an invalid answer.',
  WERKSTATT_ERR_SERVICE_UNAVAILABLE: 'The server is overloaded or under maintenance.',
  WERKSTATT_ERR_GATEWAY_TIMEOUT: 'An upstream server gave no answer in time.',
  WERKSTATT_ERR_HTTP_VERSION_NOT_SUPPORTED: 'The HTTP version is not supported.',
  WERKSTATT_ERR_INVALID_HEADER: 'A header name or value that cannot be sent.',
  WERKSTATT_ERR_INVALID_COOKIE: 'A cookie that cannot be sent, or that no browser would take.',
  WERKSTATT_ERR_MISSING_MEMBER: 'A member of a structured header was asked for that is not there.',
  WERKSTATT_ERR_IMMUTABLE: 'A change to a collection that is read-only.',
  WERKSTATT_ERR_UNKNOWN_STATUS: 'abort() was called with a status that has no exception class.',
  WERKSTATT_ERR_PASSWORD_HASH:
    'A password that cannot be hashed, or a method of hashing that is unknown or out of bounds.',
  WERKSTATT_ERR_UNBOUND_LOCAL: 'A LocalProxy was used where there is nothing that it stands for.',
  WERKSTATT_ERR_ARGUMENT: 'A function was called with arguments that do not go together.',
  WERKSTATT_ERR_PROXY_PROTOCOL: 'A connection began with a malformed PROXY protocol header.',
} as const;

/** One of the codes of this package. */
export type ErrorCode = keyof typeof ERROR_CODES;
