import { DEFAULT_LIMITS, DEFAULT_TIMEOUTS, LONGEST_TIME } from '../http1/limits.ts';
import { accessFormatter } from '../log/access-line.ts';
import type { AccessLogOption } from '../log/access-log.ts';
import { util } from '../node-modules.ts';
import type { ServerOptions } from '../servers/options.ts';
import { didYouMean } from './nearest.ts';
import { OptionError } from './option-errors.ts';

/** What an option may be: in words, and as a test. */
export interface Rule {
  allowed: string;
  test(value: unknown): boolean;
}

export const flag: Rule = { allowed: 'true or false', test: (value) => typeof value === 'boolean' };
export const names: Rule = {
  allowed: 'an array of strings',
  test: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};
const milliseconds: Rule = { allowed: 'a number of milliseconds, 0 or more', test: isQuantity };
export const delay: Rule = {
  allowed: `a number of milliseconds from 0 to ${LONGEST_TIME}`,
  test: (value) => isQuantity(value) && (value as number) <= LONGEST_TIME,
};
const quantity: Rule = { allowed: 'a number, 0 or more', test: isQuantity };
export const count: Rule = {
  allowed: 'a whole number, 1 or more',
  test: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};

/** The options that every server has. */
export const SERVER_RULES: Record<keyof Omit<ServerOptions, 'fd'>, Rule> = {
  requestHandler: { allowed: 'a subclass of GatewayRequestHandler', test: isFunction },
  passthroughErrors: flag,
  sslContext: {
    allowed: "an object with cert and key, or 'adhoc'",
    test: (value) => value === 'adhoc' || isObject(value),
  },
  proxyProtocol: {
    allowed: "an object with trusted, such as { trusted: ['10.0.0.0/8'] }",
    test: (value) =>
      isObject(value) &&
      Object.keys(value as object).join() === 'trusted' &&
      names.test((value as { trusted: unknown }).trusted),
  },
  http2: flag,
  requestQueueSize: count,
  unixSocketMode: {
    allowed: 'the rights of a file, from 0o000 to 0o777, such as 0o660',
    test: (value) =>
      Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0o777,
  },
  timeouts: { allowed: 'an object of times in milliseconds', test: isObject },
  limits: { allowed: 'an object of limits', test: isObject },
  accessLog: {
    allowed: "true, false, 'common', 'combined', 'json', a format or a function",
    test: (value) => typeof value === 'boolean' || typeof value === 'string' || isFunction(value),
  },
  accessLogTo: {
    allowed: 'a stream to write to or the path of a file',
    test: (value) =>
      (typeof value === 'string' && value !== '') ||
      (isObject(value) && isFunction((value as { write?: unknown }).write)),
  },
};

/**
 * Checks what was given against rules, the members of `limits` and `timeouts` too. `undefined` is
 * as good as absent.
 *
 * @param caller the function whose options these are, for the message.
 * @throws OptionError for the first unknown name or value that is not allowed.
 */
export function checkByRules(caller: string, options: object, rules: Record<string, Rule>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    checkOne(caller, name, rules, value);
    // A format that is wrong says so itself.
    if (name === 'accessLog') accessFormatter(value as AccessLogOption);
    if (name === 'limits') checkGroup(caller, name, value, DEFAULT_LIMITS, quantity);
    if (name === 'timeouts') checkGroup(caller, name, value, DEFAULT_TIMEOUTS, milliseconds);
  }
  const { http2, sslContext } = options as ServerOptions;
  if (http2 === true && sslContext === undefined) {
    throw new OptionError(
      "The option 'http2' needs 'sslContext': HTTP/2 is offered over TLS alone.",
    );
  }
}

function checkGroup(
  caller: string,
  group: string,
  value: unknown,
  defaults: object,
  rule: Rule,
): void {
  const rules = Object.fromEntries(Object.keys(defaults).map((name) => [name, rule]));
  for (const [name, member] of Object.entries(value as object)) {
    if (member !== undefined) checkOne(caller, name, rules, member, `${group}.`);
  }
}

function checkOne(
  caller: string,
  name: string,
  rules: Record<string, Rule>,
  value: unknown,
  group = '',
): void {
  if (!Object.hasOwn(rules, name)) {
    const hint = didYouMean(name, Object.keys(rules));
    throw new OptionError(`${caller} has no option '${group}${name}'.${hint}`);
  }
  const rule = rules[name]!;
  if (!rule.test(value)) {
    throw new OptionError(
      `The option '${group}${name}' must be ${rule.allowed}, not ${show(value)}.`,
    );
  }
}

export function oneOf(...values: string[]): Rule {
  const allowed = values.map((value) => `'${value}'`).join(', ');
  return { allowed: `one of ${allowed}`, test: (value) => values.includes(value as string) };
}

function isQuantity(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function show(value: unknown): string {
  const text = util.inspect(value, { depth: 0, maxStringLength: 60, breakLength: Infinity });
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
