import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { checkHeaderValue, isToken } from '../http/header-field.ts';
import { quoteHeaderValue } from '../http/quote-header-value.ts';
import { FieldScanner } from './field-scanner.ts';
import { LiveField } from './live-field.ts';

/** A decimal number as HTML has it; whatever comes after one is ignored. */
const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/;

/** One measured thing. */
export interface ServerTimingMetric {
  /** A token. */
  readonly name: string;
  /** In milliseconds; `null` when none is told. */
  readonly duration: number | null;
  /** Text for people, `''` when there is none. */
  readonly description: string;
}

/** What a metric is told with. */
export interface ServerTimingOptions {
  /** In milliseconds. */
  duration?: number | null | undefined;
  /** Text for people; latin-1. */
  description?: string | undefined;
}

/**
 * `Server-Timing` (W3C): what took how long on the server. Browsers show it beside the request, to
 * everybody, so names and descriptions should tell no secrets.
 */
export class ServerTiming extends LiveField implements Iterable<ServerTimingMetric> {
  readonly #metrics: ServerTimingMetric[] = [];

  constructor(
    metrics: Iterable<{ readonly name: string } & Readonly<ServerTimingOptions>> = [],
    onUpdate?: OnUpdate<ServerTiming>,
  ) {
    super();
    for (const { name, ...rest } of metrics) this.add(name, rest);
    this.onUpdate = onUpdate;
  }

  /** Parses the header; what is no metric in it is left out. Of a repeated parameter, the first counts. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<ServerTiming>,
  ): ServerTiming {
    const timing = new ServerTiming();
    const scanner = new FieldScanner(header ?? '');
    while (!scanner.atEnd) {
      const metric = readMetric(scanner);
      if (metric) timing.#metrics.push(metric);
      scanner.skipTo(',');
      scanner.take(',');
    }
    timing.onUpdate = onUpdate;
    return timing;
  }

  /** How many metrics there are. */
  get size(): number {
    return this.#metrics.length;
  }

  /**
   * Adds a metric: `add('db', { duration: 5.3 })`.
   *
   * @throws InvalidHeaderError when the name is no token, the duration no finite number, or the
   *   description cannot be sent.
   */
  add(name: string, options: ServerTimingOptions = {}): void {
    const { duration = null, description = '' } = options;
    if (!isToken(name)) {
      throw new InvalidHeaderError(`The metric name ${JSON.stringify(name)} is not a token.`);
    }
    if (duration !== null && !Number.isFinite(duration)) {
      throw new InvalidHeaderError(`The duration of ${name} is not a finite number.`);
    }
    const checked = checkHeaderValue('Server-Timing', description);
    this.#metrics.push({ name, duration, description: checked });
    this.changed();
  }

  /** Removes every metric. */
  clear(): void {
    if (this.#metrics.length === 0) return;
    this.#metrics.length = 0;
    this.changed();
  }

  [Symbol.iterator](): IterableIterator<ServerTimingMetric> {
    return this.#metrics.values();
  }

  override toHeader(): string {
    return this.#metrics.map(dumpMetric).join(', ');
  }
}

function readMetric(scanner: FieldScanner): ServerTimingMetric | null {
  scanner.skipBlanks();
  const name = scanner.readToken();
  if (name === '') return null;
  const params = new Map<string, string>();
  for (;;) {
    scanner.skipTo(';,');
    if (!scanner.take(';')) break;
    scanner.skipBlanks();
    const param = scanner.readToken().toLowerCase();
    if (param === '') continue;
    scanner.skipBlanks();
    let value = '';
    if (scanner.take('=')) {
      scanner.skipBlanks();
      value = scanner.readValue() ?? '';
    }
    if (!params.has(param)) params.set(param, value);
  }
  const duration = params.get('dur');
  return {
    name,
    duration: duration === undefined ? null : parseDuration(duration),
    description: params.get('desc') ?? '',
  };
}

function parseDuration(text: string): number {
  const number = Number(NUMBER.exec(text)?.[0] ?? 0);
  return Number.isFinite(number) ? number : 0;
}

function dumpMetric({ name, duration, description }: ServerTimingMetric): string {
  let text = name;
  if (description !== '') text += `;desc=${quoteHeaderValue(description)}`;
  if (duration !== null) text += `;dur=${duration}`;
  return text;
}
