import { InvalidEventError } from '../errors/wrapper-errors.ts';
import { jsonText } from '../response/json-text.ts';
import { describe } from '../values/describe.ts';

/**
 * One event for an `EventSource` (WHATWG HTML, section 9.2). With nothing but `id`, `retry` or
 * `comment` it changes or says that, and no listener is called.
 */
export interface ServerSentEvent {
  /** Text; line ends of every kind reach the client as LF. */
  data?: string | undefined;
  /** In place of `data`: a value that is sent as JSON. */
  json?: unknown;
  /**
   * The name that the page listens for; without `data` or `json`, an empty text goes with it.
   * Default: `message`.
   */
  event?: string | undefined;
  /** What the client says in `Last-Event-ID` when it comes back after this event. */
  id?: string | number | undefined;
  /** How many milliseconds the client waits before it comes back. */
  retry?: number | undefined;
  /** Text that clients skip. */
  comment?: string | undefined;
}

const LINE_END = /\r\n|\r|\n/;

/**
 * An event as it is sent; text alone is one with that as `data`.
 *
 * @throws InvalidEventError for a field that would break its line, and for one of another type.
 * @throws InvalidBodyError for a `json` that JSON has no text for.
 */
export function encodeEvent(event: ServerSentEvent | string): string {
  if (typeof event === 'string') return `${lines('data: ', event)}\n`;
  if (typeof event !== 'object' || event === null) {
    throw new InvalidEventError(
      `An event is text, or an object with data, event, id, retry or comment, not ${describe(event)}.`,
    );
  }
  const { comment, event: name, id, retry } = event;
  let text = '';
  if (comment !== undefined) text += lines(': ', textOf('comment', comment));
  if (name !== undefined) text += `event: ${oneLine('event', textOf('event', name))}\n`;
  if (id !== undefined) text += `id: ${idText(id)}\n`;
  if (retry !== undefined) text += `retry: ${retryText(retry)}\n`;
  const data = dataText(event);
  if (data !== undefined) text += lines('data: ', data);
  if (text === '') {
    throw new InvalidEventError(
      'An event has at least one of data, json, event, id, retry and comment; this one has none.',
    );
  }
  return `${text}\n`;
}

function dataText({ data, json, event }: ServerSentEvent): string | undefined {
  if (json === undefined) {
    // Without data, clients would pass an event over, name or not.
    if (data === undefined) return event === undefined ? undefined : '';
    return textOf('data', data);
  }
  if (data !== undefined) throw new InvalidEventError('An event has data or json, not both.');
  return jsonText(json);
}

/** The lines of a text, each with its field's name. */
function lines(prefix: string, text: string): string {
  // Most texts are one line, which is found out faster than they are split.
  if (!text.includes('\n') && !text.includes('\r')) return `${prefix}${text}\n`;
  return text
    .split(LINE_END)
    .map((line) => `${prefix}${line}\n`)
    .join('');
}

function textOf(field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const advice = field === 'data' ? ' Send another value as json.' : '';
  throw new InvalidEventError(`The ${field} of an event is text, not ${describe(value)}.${advice}`);
}

function oneLine(field: string, text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  throw new InvalidEventError(
    `The ${field} of an event is one line, but ${JSON.stringify(text)} has a line end; take it out.`,
  );
}

function idText(id: unknown): string {
  if (typeof id === 'number') return String(id);
  const text = oneLine('id', textOf('id', id));
  if (!text.includes('\0')) return text;
  throw new InvalidEventError(
    `The id of an event can't have U+0000, as ${JSON.stringify(text)} has: clients ignore such ids.`,
  );
}

function retryText(retry: unknown): string {
  if (Number.isSafeInteger(retry) && (retry as number) >= 0) return String(retry);
  throw new InvalidEventError(
    `The retry of an event is a whole number of milliseconds, 0 or more, not ${String(retry)}.`,
  );
}
