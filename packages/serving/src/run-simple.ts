import type { GatewayApp } from '@werkstatt/core/protocol';
import { logWriterOf } from './log/log-writer.ts';
import type { RunSimpleOptions } from './run-simple-options.ts';
import { checkArguments, checkOptions } from './running/check-options.ts';
import { callTaker } from './running/hand-over.ts';
import { serve } from './running/serve.ts';
import { StartError } from './running/start-error.ts';

/**
 * Serves an application until SIGINT or SIGTERM comes, then lets running requests finish; a second
 * signal cuts them. Prints where it can be opened, and a line per request, on standard error.
 *
 * When it cannot listen (the port is taken, say), it prints why and ends the process with exit code
 * 1, as a command does; `makeServer` is for programs that want the error. Inside
 * `werkstatt serve` it binds nothing: the command serves the application.
 *
 * @param hostname a name or address; `''`, `'*'` or `'0.0.0.0'` for all; or `unix:///path`.
 * @param port `0` for a free one.
 * @returns resolves when the server has ended.
 * @throws OptionError for a wrong argument or option.
 * @throws NotAvailableError for an option that this version does not have.
 * @throws the application's error, with `passthroughErrors`.
 * @example
 * await runSimple('localhost', 4000, application);
 */
export async function runSimple(
  hostname: string,
  port: number,
  application: GatewayApp,
  options: RunSimpleOptions = {},
): Promise<void> {
  checkArguments(hostname, port, application);
  const resolved = checkOptions(options);
  const take = callTaker();
  if (take !== undefined) return take({ hostname, port, application, options });
  try {
    await serve({ hostname, port, application, options: resolved });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    logWriterOf().write(error.message);
    logWriterOf().flush();
    process.exit(1);
  }
}
