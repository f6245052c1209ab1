import { parseArgs } from 'node:util';
import { compileAccessFormat } from '../log/access-format.ts';
import type { AccessLogOption } from '../log/access-log.ts';
import { didYouMean } from '../running/nearest.ts';
import type { SslContext } from '../tls/ssl-context.ts';
import { UsageError } from './command-errors.ts';

/** What a command line asks for. */
export type Command = { name: 'help' } | { name: 'version' } | ServeOptions;

/** `werkstatt serve`: what is not given is left to the file's own `runSimple`, or the defaults. */
export interface ServeOptions {
  name: 'serve';
  target: string;
  host?: string;
  port?: number;
  debug: boolean;
  accessLog?: AccessLogOption;
  sslContext?: SslContext | 'adhoc';
}

const OPTIONS = {
  host: { type: 'string' },
  port: { type: 'string', short: 'p' },
  debug: { type: 'boolean' },
  'log-format': { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const LOG_FORMATS: Record<string, AccessLogOption> = {
  common: 'common',
  combined: 'combined',
  json: 'json',
  none: false,
};

const COMMANDS = ['serve'];

/** Names that this version knows and has no part for yet; one goes when its part comes. */
const COMING = {
  commands: ['routes', 'cert'],
  options: [
    ...['reload', 'threads', 'processes', 'static'],
    ...['config', 'env-file', 'open', 'trace', 'interface'],
  ],
};

/**
 * Reads a command line.
 *
 * @param args without Node and the command's own name.
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkOption(token);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };

  const [command, target, ...rest] = positionals;
  checkCommand(command);
  if (!target) throw new UsageError('What to serve? Name a file or module:name.');
  if (rest.length > 0) throw new UsageError(`One target is enough: what is '${rest[0]}'?`);
  return {
    name: 'serve',
    target,
    debug: values.debug === true,
    ...(typeof values.host === 'string' && { host: values.host }),
    ...(typeof values.port === 'string' && { port: parsePort(values.port) }),
    ...(typeof values['log-format'] === 'string' && {
      accessLog: parseLogFormat(values['log-format']),
    }),
    ...certificateOf(values.cert, values.key),
  };
}

/** An option as `parseArgs` found it. */
interface OptionToken {
  name: string;
  rawName: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  if (COMING.options.includes(name)) {
    throw new UsageError(`${rawName} is not available in this version.`);
  }
  if (!Object.hasOwn(OPTIONS, name)) {
    const names = Object.keys(OPTIONS).map((known) => `--${known}`);
    throw new UsageError(`There is no option ${rawName}.${didYouMean(rawName, names)}`);
  }
  const takesValue = OPTIONS[name as keyof typeof OPTIONS].type === 'string';
  if (!takesValue && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  if (takesValue && (value === undefined || (!inlineValue && value.startsWith('-')))) {
    throw new UsageError(`${rawName} needs a value.`);
  }
}

function checkCommand(command: string | undefined): void {
  if (command === undefined) throw new UsageError('What to do? The command is: serve.');
  if (COMMANDS.includes(command)) return;
  if (COMING.commands.includes(command)) {
    throw new UsageError(`'werkstatt ${command}' is not available in this version.`);
  }
  const hint = /[./\\:]/.test(command)
    ? ` Did you mean 'werkstatt serve ${command}'?`
    : didYouMean(command, COMMANDS);
  throw new UsageError(`There is no command '${command}'.${hint}`);
}

function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not '${text}'.`);
  }
  return Number(text);
}

/** Values may be anything that `parseArgs` gives when it isn't strict: those given are strings. */
function certificateOf(cert: unknown, key: unknown): Pick<ServeOptions, 'sslContext'> {
  if (typeof cert !== 'string') {
    if (key === undefined) return {};
    throw new UsageError('--key needs --cert, the certificate that the key belongs to.');
  }
  if (cert === 'adhoc') {
    if (key === undefined) return { sslContext: cert };
    throw new UsageError("--cert adhoc has a key of its own: leave '--key' out.");
  }
  return { sslContext: { cert, key: typeof key === 'string' ? key : cert } };
}

function checkedFormat(text: string): string {
  try {
    compileAccessFormat(text);
  } catch (error) {
    throw new UsageError(`--log-format is wrong. ${(error as Error).message}`);
  }
  return text;
}

function parseLogFormat(text: string): AccessLogOption {
  if (Object.hasOwn(LOG_FORMATS, text)) return LOG_FORMATS[text]!;
  if (text.includes('%')) return checkedFormat(text);
  const names = Object.keys(LOG_FORMATS);
  throw new UsageError(
    `--log-format must be one of ${names.join(', ')}, not '${text}'.${didYouMean(text, names)}`,
  );
}
