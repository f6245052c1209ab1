import type { GatewayApp } from '@werkstatt/core/protocol';
import { type Banner, renderBanner } from '../banner.ts';
import { paintFor } from '../log/colour.ts';
import { logWriterOf } from '../log/log-writer.ts';
import { makeServer } from '../make-server.ts';
import type { ResolvedRunSimpleOptions } from '../run-simple-options.ts';
import type { MakeServerOptions } from '../servers/options.ts';
import { openAddresses } from './open-addresses.ts';
import type { Reloadable } from './reload-on-hangup.ts';
import { explainStart } from './start-error.ts';
import { stopOnSignals } from './stop-signals.ts';
import { logStrayErrors } from './stray-errors.ts';
import { withDebugger } from './with-debugger.ts';

/** What to serve, where and how. */
export interface ServeCall {
  hostname: string;
  port: number;
  application: GatewayApp;
  options: ResolvedRunSimpleOptions;
  /** What the banner says is served. */
  serving?: string;
}

/**
 * Serves until a signal ends it: what `runSimple` and the command share.
 *
 * @throws StartError when the server cannot listen.
 * @throws MissingDebuggerError when the debugger is wanted and not installed.
 */
export async function serve(call: ServeCall): Promise<void> {
  const { hostname, port, options } = call;
  const app = options.useDebugger
    ? await withDebugger(call.application, options.useEvalex)
    : call.application;
  const server = makeServer({ ...serverOptions(options), host: hostname, port, app });
  try {
    await server.listen();
  } catch (error) {
    throw explainStart(error, hostname, port);
  }
  const stopped = Promise.withResolvers<never>();
  const release = stopOnSignals(server, options.gracefulTimeout, stopped.reject);
  const { sslContext } = options;
  const leaveHangup =
    sslContext === undefined || sslContext === 'adhoc' ? () => {} : await watchHangup(server);
  const letStraysThrough = options.passthroughErrors ? () => {} : logStrayErrors();
  try {
    printBanner(call, server.port);
    await Promise.race([server.serveForever(), stopped.promise]);
  } finally {
    release();
    leaveHangup();
    letStraysThrough();
    logWriterOf().flush();
  }
}

/** Reads certificates again on SIGHUP; only a server that has some pays for it. */
async function watchHangup(server: Reloadable): Promise<() => void> {
  const { reloadOnHangup } = await import('./reload-on-hangup.ts');
  const reloaded = (): void => logWriterOf().write(' * Certificates were reloaded');
  return reloadOnHangup(server, reloaded, () => process.kill(process.pid, 'SIGTERM'));
}

/** The options that are the server's, as far as they are given. */
function serverOptions(options: ResolvedRunSimpleOptions): Omit<MakeServerOptions, 'app'> {
  const { passthroughErrors, accessLog, accessLogTo, proxyProtocol } = options;
  const { unixSocketMode, requestHandler, requestQueueSize, timeouts, limits, sslContext, http2 } =
    options;
  return {
    passthroughErrors,
    accessLog,
    ...(unixSocketMode !== undefined && { unixSocketMode }),
    ...(proxyProtocol && { proxyProtocol }),
    ...(accessLogTo !== undefined && { accessLogTo }),
    ...(requestHandler && { requestHandler }),
    ...(requestQueueSize && { requestQueueSize }),
    ...(timeouts && { timeouts }),
    ...(limits && { limits }),
    ...(sslContext && { sslContext }),
    ...(http2 && { http2 }),
  };
}

/** Prints the banner on standard error, where Werkzeug's stands too: output stays the user's. */
function printBanner(call: ServeCall, port: number): void {
  const { sslContext } = call.options;
  const tls: Banner['tls'] = sslContext === 'adhoc' ? 'self-signed' : sslContext !== undefined;
  const banner = {
    ...(call.serving !== undefined && { serving: call.serving }),
    addresses: openAddresses(call.hostname, port, tls === false ? 'http' : 'https'),
    tls,
    debugger: call.options.useDebugger,
  };
  const { columns } = process.stderr;
  const paint = paintFor(process.stderr);
  const log = logWriterOf();
  log.write(renderBanner(banner, columns ? { columns, paint } : { paint }));
  log.flush();
}
