import {
  type ResolvedRunSimpleOptions,
  RUN_SIMPLE_DEFAULTS,
  type RunSimpleOptions,
} from '../run-simple-options.ts';
import type { MakeServerOptions } from '../servers/options.ts';
import { NotAvailableError, OptionError } from './option-errors.ts';
import {
  checkByRules,
  count,
  delay,
  flag,
  isObject,
  names,
  oneOf,
  type Rule,
  SERVER_RULES,
  show,
} from './option-rules.ts';

const RULES: Record<keyof RunSimpleOptions, Rule> = {
  ...SERVER_RULES,
  useReloader: flag,
  useDebugger: flag,
  useEvalex: flag,
  extraFiles: names,
  excludePatterns: names,
  reloaderInterval: delay,
  reloaderType: oneOf('auto', 'watch', 'stat'),
  threaded: flag,
  processes: count,
  staticFiles: { allowed: 'an object of folders by URL prefix', test: isObject },
  gracefulTimeout: delay,
  maxRequests: count,
};

/**
 * What is known and not there yet: an option, the values of it that ask for more than this version
 * has, and what to do instead. A row goes when its part comes.
 */
const NOT_AVAILABLE: {
  option: keyof RunSimpleOptions;
  asks(value: unknown): boolean;
  instead: string;
}[] = [
  {
    option: 'useReloader',
    asks: (value) => value === true,
    instead: "Leave it out, and run the file by 'node --watch'.",
  },
  {
    option: 'threaded',
    asks: (value) => value === true,
    instead: 'Leave it out: one thread answers requests side by side as long as none blocks it.',
  },
  {
    option: 'processes',
    asks: (value) => value !== 1,
    instead: 'Leave it out, or start the program several times behind a proxy.',
  },
  { option: 'staticFiles', asks: () => true, instead: 'Leave it out, and serve files by a proxy.' },
  { option: 'maxRequests', asks: () => true, instead: 'Leave it out.' },
];

/**
 * Checks the options of `runSimple` and fills in the defaults.
 *
 * @throws OptionError for an unknown option or a value that is not allowed.
 * @throws NotAvailableError for one that asks for what this version does not have.
 */
export function checkOptions(options: RunSimpleOptions): ResolvedRunSimpleOptions {
  if (!isObject(options)) {
    throw new OptionError(`The options of runSimple must be an object, not ${show(options)}.`);
  }
  checkByRules('runSimple', options, RULES);
  for (const { option, asks, instead } of NOT_AVAILABLE) {
    const value = options[option];
    if (value !== undefined && asks(value)) {
      throw new NotAvailableError(`${option}: ${show(value)}`, instead);
    }
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...RUN_SIMPLE_DEFAULTS, ...Object.fromEntries(given) };
}

/**
 * Checks what every way to a server is given: where to listen, and for which application.
 *
 * @throws OptionError
 */
export function checkArguments(hostname: unknown, port: unknown, application: unknown): void {
  if (typeof hostname !== 'string') {
    throw new OptionError(
      `The hostname must be a string, such as 'localhost', or '' for all interfaces, not ${show(hostname)}.`,
    );
  }
  if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65_535) {
    throw new OptionError(`The port must be a whole number from 0 to 65535, not ${show(port)}.`);
  }
  if (typeof application !== 'function') {
    throw new OptionError(
      `The application must be a function of environ and startResponse, not ${show(application)}.`,
    );
  }
}

/**
 * Checks the options of `makeServer`.
 *
 * @throws OptionError for an unknown option or a value that is not allowed.
 */
export function checkServerOptions(options: MakeServerOptions): void {
  if (!isObject(options)) {
    throw new OptionError(`The options of makeServer must be an object, not ${show(options)}.`);
  }
  const { host = 'localhost', port = 0, app, fd, ...rest } = options;
  checkArguments(host, port, app);
  if (fd !== undefined && !(Number.isInteger(fd) && fd >= 0)) {
    throw new OptionError(`The option 'fd' must be a file descriptor, not ${show(fd)}.`);
  }
  checkByRules('makeServer', rest, SERVER_RULES);
}
