import type { GatewayApp } from '@werkstatt/core/protocol';
import { logWriterOf } from '../log/log-writer.ts';
import type { RunSimpleOptions } from '../run-simple-options.ts';
import { checkOptions } from '../running/check-options.ts';
import type { RunSimpleCall } from '../running/hand-over.ts';
import { serve } from '../running/serve.ts';
import { appKind } from './app-kind.ts';
import { CommandError } from './command-errors.ts';
import { findTarget } from './find-target.ts';
import { type FoundValue, loadTarget } from './load-target.ts';
import type { ServeOptions } from './parse-command-line.ts';
import { collectCalls } from './taken-calls.ts';

const DEFAULT_HOST = 'localhost';
const DEFAULT_PORT = 4000;

/** Milliseconds after which someone who waits for the end is told for what. */
const PATIENCE = 500;

/** `werkstatt serve`: resolves when the server has ended. */
export async function serveCommand(command: ServeOptions): Promise<void> {
  const target = findTarget(command.target);
  const calls = collectCalls(notServed);
  const loaded = await loadTarget(target, calls);
  const call = 'call' in loaded ? loaded.call : callOf(loaded);
  if (!('call' in loaded)) void calls.first.then(notServed);

  const { debug, accessLog, sslContext, host, port } = command;
  const given: RunSimpleOptions = { ...call.options };
  if (debug) given.useDebugger = true;
  if (accessLog !== undefined) given.accessLog = accessLog;
  if (sslContext !== undefined) given.sslContext = sslContext;
  const options = checkOptions(given);
  await serve({
    hostname: host ?? call.hostname,
    port: port ?? call.port,
    application: call.application,
    options,
    serving: `${'call' in loaded ? target.shown : loaded.shown}, ${appKind(call.application).name}`,
  });
  calls.end();
  endProcess(options.gracefulTimeout);
}

/**
 * Ends the process by itself when the file has nothing left to do, and after `timeout` milliseconds
 * in any case: an open timer or database connection must not outlive a CTRL+C.
 */
function endProcess(timeout: number): void {
  const notice = ' * The server has ended, something else still runs (Press CTRL+C to stop it)';
  setTimeout(() => logWriterOf().write(notice), PATIENCE).unref();
  setTimeout(() => process.exit(), timeout).unref();
}

/** What `runSimple` would be called with for a value that the file exports. */
function callOf(found: FoundValue): RunSimpleCall {
  const application = gatewayApp(found);
  return { hostname: DEFAULT_HOST, port: DEFAULT_PORT, application, options: {} };
}

function gatewayApp({ value, owner, shown }: FoundValue): GatewayApp {
  const found = appKind(value);
  if (found.kind === 'gateway') {
    return owner === undefined ? found.app : found.app.bind(owner);
  }
  if (found.kind === 'none') throw new CommandError(`'${shown}' is ${found.name}, no application.`);
  throw new CommandError(
    `'${shown}' is ${found.name}. This version serves gateway applications only: functions of ` +
      'environ and startResponse.',
  );
}

function notServed(call: RunSimpleCall): void {
  logWriterOf().write(
    ` * Not served: runSimple('${call.hostname}', ${call.port}), for this command serves one application`,
  );
}
