export type { ConnectionFacts } from './http1/environ.ts';
export type { Limits, Timeouts } from './http1/limits.ts';
export { DEFAULT_LIMITS, DEFAULT_TIMEOUTS } from './http1/limits.ts';
export type { AccessLogOption, AccessRecord } from './log/access-log.ts';
export type { LogStream } from './log/log-sink.ts';
export { makeServer } from './make-server.ts';
export type {
  ConnectionEvent,
  Outcome,
  RefusalEvent,
  RequestEvent,
  ServerEvents,
} from './monitoring/channels.ts';
export type { ServerStats, StatusClass } from './monitoring/server-stats.ts';
export { runSimple } from './run-simple.ts';
export type { RunSimpleOptions } from './run-simple-options.ts';
export { NotAvailableError, OptionError } from './running/option-errors.ts';
export { StartError } from './running/start-error.ts';
export { MissingDebuggerError } from './running/with-debugger.ts';
export {
  BaseGatewayServer,
  type ClientAddress,
  type LogLevel,
  type ShutdownOptions,
} from './servers/base-server.ts';
export type { ClientConnection } from './servers/client-connection.ts';
export type {
  MakeServerOptions,
  ProxyProtocolOptions,
  RequestHandlerClass,
  ServerOptions,
} from './servers/options.ts';
export { GatewayRequestHandler } from './servers/request-handler.ts';
export {
  type AdhocPairOptions,
  generateAdhocSslContext,
  generateAdhocSslPair,
  type SslPair,
} from './tls/adhoc-pair.ts';
export { type DevcertOptions, makeSslDevcert } from './tls/devcert.ts';
export { isSslError } from './tls/is-ssl-error.ts';
export { loadSslContext } from './tls/load-ssl-context.ts';
export type { CertificateSource, SniAnswer, SslContext } from './tls/ssl-context.ts';
