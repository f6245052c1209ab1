import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, WireCase } from './cases.ts';
import { authorityOf, type Target, WireClient } from './client.ts';
import { echoOf } from './echo.ts';
import { describeExchange, judge, outcomeMismatch } from './outcomes.ts';
import type { RequestLine } from './response-parser.ts';
import { playSteps, type StepContext } from './steps.ts';

/** How cases are run. Times are milliseconds. */
export interface RunOptions {
  /** Cases at once. @default 8 */
  jobs?: number;
  /** How long a response or an outcome is awaited. @default 4000 */
  timeout?: number;
  /** How long a server may wait for a header section that never ends. @default 10000 */
  headerTimeout?: number;
}

/** What became of one case. */
export interface CaseResult {
  test: WireCase;
  /** Why it failed; null: it passed. */
  why: string | null;
  /** What the failing connection saw. */
  seen: string;
  milliseconds: number;
}

const JOBS = 16;
const TIMEOUT = 4_000;
const PATIENCE = 15_000;
const HEADER_TIMEOUT = 10_000;
/** How long an outcome that is already there must last: a second response may follow. */
const SETTLE = 120;
const SETTLE_WITH_FORBIDDEN_WORDS = 250;
const SURVIVAL_TIMEOUT = 8_000;
const RECOVERY_ATTEMPTS = 12;
const NO_CONNECTION = 'no connection';

/** Runs cases, `alone` ones last and one by one; the results are in the order of the cases. */
export async function runWireCases(
  target: Target,
  cases: readonly WireCase[],
  options: RunOptions = {},
): Promise<CaseResult[]> {
  const results = new Map<WireCase, CaseResult>();
  const work = async (queue: WireCase[]): Promise<void> => {
    for (let test = queue.shift(); test; test = queue.shift()) {
      results.set(test, await runWireCase(target, test, options));
    }
  };
  const together = cases.filter((test) => !test.alone);
  const workers = Array.from({ length: options.jobs ?? JOBS }, () => work(together));
  await Promise.all(workers);
  await work(cases.filter((test) => test.alone));
  return cases.map((test) => results.get(test)!);
}

/** Runs one case, then sees whether the server still answers. */
export async function runWireCase(
  target: Target,
  test: WireCase,
  options: RunOptions = {},
): Promise<CaseResult> {
  const start = performance.now();
  const context: StepContext = {
    authority: authorityOf(target),
    timeout: timeoutOf(test, options),
    headerTimeout: options.headerTimeout ?? HEADER_TIMEOUT,
  };
  const failure =
    (await playAndJudge(target, test, context)) ?? (await survivalFailure(target)) ?? null;
  if (failure?.seen === NO_CONNECTION) await recovery(target);
  return {
    test,
    why: failure?.why ?? null,
    seen: failure?.seen ?? '',
    milliseconds: Math.round(performance.now() - start),
  };
}

/**
 * How long an outcome may take to come. Where silence is no outcome, waiting longer lets nothing pass
 * that should not, and a machine with too much to do is not taken for a faulty server.
 */
function timeoutOf({ accept, timeout }: WireCase, options: RunOptions): number {
  const given = timeout ?? options.timeout ?? TIMEOUT;
  if (options.timeout !== undefined || accept === undefined) return given;
  return accept.some((outcome) => 'idle' in outcome) ? given : Math.max(given, PATIENCE);
}

/** Null when the server answers a plain request of the probe app, else what it did. */
export async function checkAlive(target: Target): Promise<string | null> {
  const client = new WireClient(target, [{ method: 'GET', version: '1.1' }]);
  await client.connect();
  await client.write(
    Buffer.from('GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
  );
  await client.until(() => client.responses.length > 0 || client.closed !== null, SURVIVAL_TIMEOUT);
  const [response, ...further] = client.responses;
  const alive =
    response?.status === 200 && further.length === 0 && echoOf(response)?.path === '/alive';
  const seen = describeExchange(client);
  client.destroy();
  return alive ? null : seen;
}

interface Failure {
  why: string;
  seen: string;
}

async function playAndJudge(
  target: Target,
  test: WireCase,
  context: StepContext,
): Promise<Failure | null> {
  const background = await openBackground(target, test.background, context);
  const clients = await Promise.all(
    Array.from({ length: test.connections ?? 1 }, () => playCase(target, test, context)),
  );
  const failures = clients.map((client) => {
    const why = judge(test, client);
    return why === null ? null : { why, seen: describeExchange(client) };
  });
  for (const client of [...clients, ...background]) client.destroy();
  return failures.find((failure) => failure !== null) ?? null;
}

async function openBackground(
  target: Target,
  background: WireCase['background'],
  context: StepContext,
): Promise<WireClient[]> {
  if (!background) return [];
  const open = async (): Promise<WireClient> => {
    const client = new WireClient(target, requestLines(undefined));
    await client.connect();
    await playSteps(client, background.steps, context);
    return client;
  };
  return Promise.all(Array.from({ length: background.connections }, open));
}

/** Plays a case on a connection of its own until its outcome is sure or its time is over. */
async function playCase(target: Target, test: WireCase, context: StepContext): Promise<WireClient> {
  const client = new WireClient(target, requestLines(test.requests));
  await client.connect();
  await playSteps(client, test.steps, context);
  if (test.accept) await awaitOutcome(client, test, test.accept, context.timeout);
  return client;
}

async function awaitOutcome(
  client: WireClient,
  test: WireCase,
  accept: readonly Outcome[],
  timeout: number,
): Promise<void> {
  const settle = test.settle ?? (test.never ? SETTLE_WITH_FORBIDDEN_WORDS : SETTLE);
  const lasting = accept.filter((outcome) => !endsWithTime(outcome));
  const reached = (): boolean =>
    lasting.some((outcome) => outcomeMismatch(outcome, client) === null);
  const deadline = Date.now() + timeout;
  while (!client.over && Date.now() < deadline) {
    await client.until(() => client.over || reached(), deadline - Date.now());
    if (client.over || !reached()) continue;
    await client.until(() => client.over || !reached(), settle);
    if (reached()) return;
  }
}

/** Whether only a close or the end of the time tells that an outcome was reached. */
function endsWithTime(outcome: Outcome): boolean {
  return 'idle' in outcome || ('responses' in outcome && outcome.close === true);
}

function requestLines(requests: readonly string[] = ['GET']): RequestLine[] {
  return requests.map((request) => {
    const [method = 'GET', version = '1.1'] = request.split('/');
    return { method, version };
  });
}

async function survivalFailure(target: Target): Promise<Failure | null> {
  let seen = await checkAlive(target);
  if (seen !== null && seen !== NO_CONNECTION) {
    await sleep(1_000);
    seen = await checkAlive(target);
  }
  return seen === null ? null : { why: 'the server no longer answers a plain request', seen };
}

/** Gives a supervisor time to bring the server back, so that the other cases are judged fairly. */
async function recovery(target: Target): Promise<void> {
  for (let attempt = 0; attempt < RECOVERY_ATTEMPTS; attempt++) {
    if ((await checkAlive(target)) !== NO_CONNECTION) return;
    await sleep(500);
  }
}
