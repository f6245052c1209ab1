import { errorText } from '../log/error-text.ts';
import { escapeBlock } from '../log/escape.ts';
import { logWriterOf } from '../log/log-writer.ts';
import { NotAvailableError, OptionError } from '../running/option-errors.ts';
import { StartError } from '../running/start-error.ts';
import { MissingDebuggerError } from '../running/with-debugger.ts';
import { CommandError, ModuleError, UsageError } from './command-errors.ts';
import { HELP, HELP_HINT } from './help.ts';
import { moduleFailure, onlyNodeKnowsWhere } from './module-failure.ts';
import { packageVersion } from './own-package.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { serveCommand } from './serve-command.ts';

/** Errors whose message says it all; the others are shown with their stack. */
const PLAIN = [CommandError, StartError, OptionError, NotAvailableError, MissingDebuggerError];

/**
 * Runs the `werkstatt` command. After success the process ends by itself, so that what the user's
 * file does behind its `runSimple()` is done; after a failure it ends at once, with exit code 1, or
 * 2 when the command line is wrong.
 *
 * @param args without Node and the command's own name.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    const command = parseCommandLine(args);
    if (command.name === 'help') process.stdout.write(HELP);
    else if (command.name === 'version') process.stdout.write(`${packageVersion()}\n`);
    else await serveCommand(command);
  } catch (error) {
    if (error instanceof ModuleError && onlyNodeKnowsWhere(error)) {
      setImmediate(() => {
        throw error.cause;
      });
      return;
    }
    const log = logWriterOf();
    log.write(`werkstatt: ${failureText(error)}`);
    log.flush();
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

function failureText(error: unknown): string {
  if (error instanceof UsageError) return `${escapeBlock(error.message)}\n${HELP_HINT}`;
  if (error instanceof ModuleError) return moduleFailure(error);
  const plain = PLAIN.some((kind) => error instanceof kind);
  return plain ? escapeBlock((error as Error).message) : errorText(error);
}
