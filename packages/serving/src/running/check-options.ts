import { inspect } from 'node:util';
import { DEFAULT_LIMITS, DEFAULT_TIMEOUTS } from '../http1/limits.ts';
import {
  type ResolvedRunSimpleOptions,
  RUN_SIMPLE_DEFAULTS,
  type RunSimpleOptions,
} from '../run-simple-options.ts';
import { didYouMean } from './nearest.ts';
import { NotAvailableError, OptionError } from './option-errors.ts';

/** What an option may be: in words, and as a test. */
interface Rule {
  allowed: string;
  test(value: unknown): boolean;
}

/** The longest time that Node's timers can wait: about 24 days. */
const LONGEST = 2_147_483_647;

const flag: Rule = { allowed: 'true or false', test: (value) => typeof value === 'boolean' };
const names: Rule = {
  allowed: 'an array of strings',
  test: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};
const milliseconds: Rule = { allowed: 'a number of milliseconds, 0 or more', test: isQuantity };
const delay: Rule = {
  allowed: `a number of milliseconds from 0 to ${LONGEST}`,
  test: (value) => isQuantity(value) && (value as number) <= LONGEST,
};
const quantity: Rule = { allowed: 'a number, 0 or more', test: isQuantity };
const count: Rule = {
  allowed: 'a whole number, 1 or more',
  test: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};

const RULES: Record<keyof RunSimpleOptions, Rule> = {
  useReloader: flag,
  useDebugger: flag,
  useEvalex: flag,
  extraFiles: names,
  excludePatterns: names,
  reloaderInterval: delay,
  reloaderType: oneOf('auto', 'watch', 'stat'),
  threaded: flag,
  processes: count,
  requestHandler: { allowed: 'a subclass of GatewayRequestHandler', test: isFunction },
  staticFiles: { allowed: 'an object of folders by URL prefix', test: isObject },
  passthroughErrors: flag,
  sslContext: {
    allowed: "an object with cert and key, or 'adhoc'",
    test: (value) => value === 'adhoc' || isObject(value),
  },
  requestQueueSize: count,
  timeouts: { allowed: 'an object of times in milliseconds', test: isObject },
  limits: { allowed: 'an object of limits', test: isObject },
  gracefulTimeout: delay,
  maxRequests: count,
  accessLog: {
    allowed: "true, false, 'common', 'combined', 'json' or a function",
    test: (value) =>
      typeof value === 'boolean' ||
      isFunction(value) ||
      ['common', 'combined', 'json'].includes(value as string),
  },
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
  {
    option: 'sslContext',
    asks: (value) => value === 'adhoc',
    instead: 'Give { cert, key } of a certificate of your own.',
  },
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
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    checkOne(name, RULES, value);
    if (name === 'limits') checkGroup(name, value, DEFAULT_LIMITS, quantity);
    if (name === 'timeouts') checkGroup(name, value, DEFAULT_TIMEOUTS, milliseconds);
  }
  for (const { option, asks, instead } of NOT_AVAILABLE) {
    const value = options[option];
    if (value !== undefined && asks(value)) {
      throw new NotAvailableError(`${option}: ${show(value)}`, instead);
    }
  }
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

function checkGroup(group: string, value: unknown, defaults: object, rule: Rule): void {
  const rules = Object.fromEntries(Object.keys(defaults).map((name) => [name, rule]));
  for (const [name, member] of Object.entries(value as object)) {
    if (member !== undefined) checkOne(name, rules, member, `${group}.`);
  }
}

function checkOne(name: string, rules: Record<string, Rule>, value: unknown, group = ''): void {
  if (!Object.hasOwn(rules, name)) {
    const hint = didYouMean(name, Object.keys(rules));
    throw new OptionError(`runSimple has no option '${group}${name}'.${hint}`);
  }
  const rule = rules[name]!;
  if (!rule.test(value)) {
    throw new OptionError(
      `The option '${group}${name}' must be ${rule.allowed}, not ${show(value)}.`,
    );
  }
}

function oneOf(...values: string[]): Rule {
  const allowed = values.map((value) => `'${value}'`).join(', ');
  return { allowed: `one of ${allowed}`, test: (value) => values.includes(value as string) };
}

function isQuantity(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 0, maxStringLength: 60, breakLength: Infinity });
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
