export { generateEtag } from './conditional/generate-etag.ts';
export { copyEnviron } from './copy-environ.ts';
export { Accept, type AcceptInit } from './datastructures/accept.ts';
export type { AcceptItem } from './datastructures/accept-items.ts';
export { Authorization, type AuthParametersInit } from './datastructures/authorization.ts';
export { CacheControl, type CacheDirectives } from './datastructures/cache-control.ts';
export { CallbackDict, type OnUpdate } from './datastructures/callback-dict.ts';
export { CharsetAccept } from './datastructures/charset-accept.ts';
export { CombinedMultiDict } from './datastructures/combined-multi-dict.ts';
export { ContentRange, type ContentRangeInit } from './datastructures/content-range.ts';
export { ContentSecurityPolicy } from './datastructures/content-security-policy.ts';
export type { Converter, GetOptions } from './datastructures/convert.ts';
export { EnvironHeaders } from './datastructures/environ-headers.ts';
export { ETags, type ETagsOptions } from './datastructures/etags.ts';
export { HeaderSet } from './datastructures/header-set.ts';
export {
  type HeaderPairs,
  type HeaderRecord,
  Headers,
  type HeadersInit,
} from './datastructures/headers.ts';
export { HeadersView } from './datastructures/headers-view.ts';
export { IfRange, type IfRangeInit } from './datastructures/if-range.ts';
export { ImmutableMultiDict } from './datastructures/immutable-multi-dict.ts';
export { iterMultiItems, type MultiDictInit } from './datastructures/iter-multi-items.ts';
export { LanguageAccept } from './datastructures/language-accept.ts';
export { MIMEAccept } from './datastructures/mime-accept.ts';
export { MultiDict } from './datastructures/multi-dict.ts';
export { MultiDictView } from './datastructures/multi-dict-view.ts';
export { Range, type RangeOptions, type RangePair } from './datastructures/range.ts';
export { ReadOnlyMultiDict } from './datastructures/read-only-multi-dict.ts';
export { RequestCacheControl } from './datastructures/request-cache-control.ts';
export { ResponseCacheControl } from './datastructures/response-cache-control.ts';
export { StructuredHeader } from './datastructures/structured-header.ts';
export { TypeConversionDict } from './datastructures/type-conversion-dict.ts';
export { WWWAuthenticate } from './datastructures/www-authenticate.ts';
export { dumpAge, parseAge } from './dates/age.ts';
export { httpDate } from './dates/http-date.ts';
export { parseDate } from './dates/parse-date.ts';
export { ArgumentError } from './errors/argument-error.ts';
export { FileClosedError } from './errors/file-closed-error.ts';
export { ImmutableError } from './errors/immutable-error.ts';
export { InputBusyError } from './errors/input-busy-error.ts';
export { InvalidCookieError } from './errors/invalid-cookie-error.ts';
export { InvalidHeaderError } from './errors/invalid-header-error.ts';
export { MissingMemberError } from './errors/missing-member-error.ts';
export { ProxyProtocolError } from './errors/proxy-protocol-error.ts';
export { UnknownStatusError } from './errors/unknown-status-error.ts';
export * from './exceptions.ts';
export { type BodyToStreamOptions, bodyToStream } from './fetch/body-to-stream.ts';
export { ConsoleErrors } from './fetch/console-errors.ts';
export { type EnvironFromFetchOptions, environFromFetch } from './fetch/environ-from-fetch.ts';
export { type RequestToFetchOptions, requestToFetch } from './fetch/request-to-fetch.ts';
export {
  bodyFromFetch,
  type GatewayResponse,
  responseFromFetch,
} from './fetch/response-from-fetch.ts';
export { type ResponseToFetchOptions, responseToFetch } from './fetch/response-to-fetch.ts';
export { AcceptCH } from './fields/accept-ch.ts';
export { ClearSiteData, type SiteDataType } from './fields/clear-site-data.ts';
export {
  ClientHints,
  type FieldSource,
  parseUserAgentBrands,
  type UserAgentBrand,
} from './fields/client-hints.ts';
export { ContentDisposition, type ContentDispositionInit } from './fields/content-disposition.ts';
export {
  type COEP,
  type COOP,
  type CORP,
  parseCoep,
  parseCoop,
  parseCorp,
} from './fields/cross-origin.ts';
export {
  dumpForwarded,
  type ForwardedElement,
  type ForwardedInit,
  parseForwarded,
} from './fields/forwarded.ts';
export { ForwardedNode } from './fields/forwarded-node.ts';
export { dumpLinkHeader, Link, type LinkParams, parseLinkHeader } from './fields/link.ts';
export { LiveField } from './fields/live-field.ts';
export {
  type Allowlist,
  PermissionsPolicy,
  type PermissionsPolicyInit,
} from './fields/permissions-policy.ts';
export { Priority, type PriorityInit } from './fields/priority.ts';
export {
  parseSecFetchDest,
  parseSecFetchMode,
  parseSecFetchSite,
  parseSecFetchUser,
  type SecFetchDest,
  type SecFetchMode,
  type SecFetchSite,
} from './fields/sec-fetch.ts';
export {
  ServerTiming,
  type ServerTimingMetric,
  type ServerTimingOptions,
} from './fields/server-timing.ts';
export {
  StrictTransportSecurity,
  type StrictTransportSecurityInit,
} from './fields/strict-transport-security.ts';
export { UserAgent } from './fields/user-agent.ts';
export { Vary } from './fields/vary.ts';
export { type AddFileOptions, FileMultiDict } from './files/file-multi-dict.ts';
export { FileStorage, type FileStorageOptions, type SaveOptions } from './files/file-storage.ts';
export { guessMimetype } from './files/guess-mimetype.ts';
export { type CloseCallback, closeAll } from './gateway/close-all.ts';
export { closingIterator } from './gateway/closing-iterator.ts';
export { getPathInfo } from './gateway/get-path-info.ts';
export { responder } from './gateway/responder.ts';
export { type AnswerBody, type AppAnswer, runApp } from './gateway/run-app.ts';
export {
  type FileHandleLike,
  FileWrapper,
  type WrapFileOptions,
  wrapFile,
} from './gateway/wrap-file.ts';
export { getHost, type HostEnviron } from './hosts/get-host.ts';
export { hostIsTrusted } from './hosts/host-is-trusted.ts';
export { getContentType } from './http/content-type.ts';
export { type CookieOptions, dumpCookie, type SameSite } from './http/dump-cookie.ts';
export { dumpHeader, type HeaderMembers } from './http/dump-header.ts';
export { dumpOptionsHeader, type HeaderOptions } from './http/dump-options-header.ts';
export {
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from './http/entity-headers.ts';
export { escapeHtml } from './http/escape-html.ts';
export { type QuoteEtagOptions, quoteEtag, unquoteEtag } from './http/etag.ts';
export {
  checkHeaderName,
  checkHeaderValue,
  type HeaderValue,
  isToken,
} from './http/header-field.ts';
export { isByteRangeValid } from './http/is-byte-range-valid.ts';
export {
  type ConditionEnviron,
  isResourceModified,
  type RequestConditions,
  type ResourceState,
} from './http/is-resource-modified.ts';
export { parseCookie, parseCookieText } from './http/parse-cookie.ts';
export { parseDictHeader } from './http/parse-dict-header.ts';
export { parseEtags } from './http/parse-etags.ts';
export { parseListHeader } from './http/parse-list-header.ts';
export { type ParsedOptions, parseOptionsHeader } from './http/parse-options-header.ts';
export { parseQuery } from './http/parse-query.ts';
export { parseQueryDict } from './http/parse-query-dict.ts';
export { parseSetHeader } from './http/parse-set-header.ts';
export { percentDecode } from './http/percent-decode.ts';
export {
  type QuoteOptions,
  quoteHeaderValue,
  unquoteHeaderValue,
} from './http/quote-header-value.ts';
export {
  type Body,
  type Environ,
  type ErrorStream,
  GATEWAY_APP,
  GATEWAY_VERSION,
  type GatewayApp,
  type GatewaySocket,
  type HeaderField,
  type HeaderList,
  type InputStream,
  type StartResponse,
  type UpgradedConnection,
  type Write,
} from './protocol.ts';
export {
  type ProxyEndpoint,
  type ProxyHeader,
  parseProxyProtocol,
} from './proxies/proxy-protocol.ts';
export {
  type ForwardedAddress,
  type ForwardedScheme,
  forwardedValue,
  parseXForwardedFor,
  parseXForwardedHost,
  parseXForwardedPort,
  parseXForwardedPrefix,
  parseXForwardedProto,
} from './proxies/x-forwarded.ts';
export { constantTimeEqual } from './security/constant-time-equal.ts';
export { safeJoin, safeJoinWindows } from './security/safe-join.ts';
export { secureFilename, secureFilenameWindows } from './security/secure-filename.ts';
export { concatBytes } from './streams/bytes.ts';
export { ChunkInput } from './streams/chunk-input.ts';
export { chunkIterator } from './streams/chunk-iterator.ts';
export type { ByteContent } from './streams/chunks-of.ts';
export { getContentLength } from './streams/get-content-length.ts';
export {
  getInputStream,
  type InputEnviron,
  type InputStreamOptions,
} from './streams/get-input-stream.ts';
export { LimitedStream, type LimitedStreamOptions } from './streams/limited-stream.ts';
export { type ByteSource, lineIterator, type PieceOptions } from './streams/line-iterator.ts';
export { dumpSfDictionary, dumpSfItem, dumpSfList } from './structured/dump-sf.ts';
export { parseSfDictionary, parseSfItem, parseSfList } from './structured/parse-sf.ts';
export { SfDecimal } from './structured/sf-decimal.ts';
export { SfDisplayString } from './structured/sf-display-string.ts';
export { SfToken } from './structured/sf-token.ts';
export type {
  SfBareItem,
  SfDictionary,
  SfEntries,
  SfInnerList,
  SfItem,
  SfItemInit,
  SfList,
  SfMember,
  SfMemberInit,
  SfParameters,
} from './structured/sf-types.ts';
export { dumpQuery, type QueryInit, type QueryValue } from './urls/dump-query.ts';
export {
  type CurrentUrlOptions,
  getCurrentUrl,
  type UrlEnviron,
} from './urls/get-current-url.ts';
export { iriToUri } from './urls/iri-to-uri.ts';
export { uriToIri } from './urls/uri-to-iri.ts';
