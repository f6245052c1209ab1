import type { IncomingMessage } from 'node:http';
import type { Environ } from '@werkstatt/core';

/** Where the application of the workload `read` puts what it reads. */
export interface Read {
  userAgent: unknown;
  acceptLanguage: unknown;
  referer: unknown;
  q: unknown;
  page: unknown;
  session: unknown;
}

/** A response in the form in which everyone's is checked; names of fields in lower case. */
export interface Shown {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Answers a request: makes the request of what the server has, calls the application, and gives what
 * the server needs to write the response.
 */
export type Answer<I, R> = (input: I) => R | Promise<R>;

/** What is measured of one contender. */
export interface Classes<I, R> {
  /** The application says hello. */
  readonly hello: Answer<I, R>;
  /** It says hello, and puts into `read` what it reads before: headers, query and a cookie. */
  readonly read: (read: Read) => Answer<I, R>;
  /** Not measured: what the server would write. */
  readonly show: (response: R) => Shown | Promise<Shown>;
}

/** What servers have of a request, by what the inputs are called. */
export interface InputKinds {
  /** Our server's environ. */
  environ: Environ;
  /** What Node's server makes. */
  message: IncomingMessage;
}

/** Classes that take part. */
export interface Contender {
  readonly name: string;
  readonly input: keyof InputKinds;
  /** Whether it is a library: the hand-written minimum is none. */
  readonly isReal: boolean;
  /** Loads them, in a process of their own. */
  readonly load: () => Promise<Classes<unknown, unknown>>;
}

/** Makes a contender; its classes have to start from the kind of input that is named. */
export function contender<K extends keyof InputKinds, R>(
  name: string,
  input: K,
  load: () => Promise<Classes<InputKinds[K], R>>,
  notes: { readonly isReal?: boolean } = {},
): Contender {
  const loadAny = load as unknown as Contender['load'];
  return { name, input, isReal: notes.isReal ?? true, load: loadAny };
}

/** The workloads, by their names. */
export const WORKLOADS: readonly ['hello', 'read'] = ['hello', 'read'];

/** The name of a workload. */
export type Workload = (typeof WORKLOADS)[number];

/** What the application answers. */
export const BODY = 'Hello World!';
/** The media type of the answer. */
export const TYPE = 'text/plain; charset=utf-8';

/** The application's record of what it read, before it did. */
export function emptyRead(): Read {
  return {
    userAgent: undefined,
    acceptLanguage: undefined,
    referer: undefined,
    q: undefined,
    page: undefined,
    session: undefined,
  };
}

/**
 * The last request and response, kept as a server keeps those under way. With none left when garbage
 * is collected, V8 forgets how such objects look, and throws away the code that was made for them.
 */
export const held: { request: unknown; response: unknown } = {
  request: undefined,
  response: undefined,
};

/** Fields by their names in lower case, from pairs. */
export function byName(
  fields: Iterable<readonly [name: string, value: string]>,
): Record<string, string> {
  return Object.fromEntries(Array.from(fields, ([name, value]) => [name.toLowerCase(), value]));
}
