import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, exchange } from './exchange.ts';
import { fillText, requestOctets } from './request-octets.ts';
import { type ServerAttack, type Step, stepsOf } from './server-case.ts';
import { APP_SECRET, type Attacked } from './start-server.ts';

/** What came of an attack; `waits`: it met a part that is still to come. */
export type ServerVerdict =
  | { readonly kind: 'holds' }
  | { readonly kind: 'fails'; readonly why: string }
  | { readonly kind: 'waits'; readonly reason: string };

/** Milliseconds for an answer where the case has no time of its own. */
const TIMEOUT = 10_000;
const HEALTH_TIMEOUT = 2_000;
/** How long what a request held may take to be let go. */
const RELEASE = 3_000;

const HOLDS: ServerVerdict = { kind: 'holds' };
const NOT_YET = /^X-Not-Yet: (.*)\r$/im;
let cases = 0;

/** Runs one attack, then sees that the server is well and has kept nothing. */
export async function runServerAttack(
  attack: ServerAttack,
  server: Attacked,
): Promise<ServerVerdict> {
  const values = valuesOf(server);
  const before = stateOf(server);
  for (const step of stepsOf(attack)) {
    const verdict = await runStep(attack, step, server, values);
    if (verdict.kind !== 'holds') return verdict;
  }
  const why =
    (await healthFailure(server)) ??
    logFailure(attack, server.log.slice(before.log)) ??
    fileFailure(attack, server) ??
    (await afterFailure(attack, server, before));
  return why === null ? HOLDS : { kind: 'fails', why };
}

async function runStep(
  attack: ServerAttack,
  step: Step,
  server: Attacked,
  values: ReadonlyMap<string, string>,
): Promise<ServerVerdict> {
  if (step.delayMs !== undefined) await sleep(step.delayMs);
  const octets = requestOctets(step.request, values);
  const maxMs = step.maxMs ?? attack.maxMs ?? TIMEOUT;
  const { abort, halfClose, parallel = 1 } = step;
  const send = () => exchange(server.port, octets, { abort, halfClose, timeout: maxMs });
  let left = step.times ?? parallel;
  while (left > 0) {
    const answers = await Promise.all(Array.from({ length: Math.min(left, parallel) }, send));
    left -= answers.length;
    for (const answer of answers) {
      const reason = NOT_YET.exec(answer.text)?.[1];
      if (reason !== undefined) return { kind: 'waits', reason };
      const why = answerFailure(attack, step, answer, values);
      if (why !== null) return { kind: 'fails', why };
    }
  }
  return HOLDS;
}

function answerFailure(
  attack: ServerAttack,
  step: Step,
  { status, text, timedOut, milliseconds }: Answer,
  values: ReadonlyMap<string, string>,
): string | null {
  const seen = JSON.stringify(text.slice(0, 300));
  if (timedOut) return `no answer in ${Math.round(milliseconds)} ms, only ${seen}`;
  if (!step.status.includes(status)) return `status ${status} is none of ${step.status}: ${seen}`;
  const has = (part: string): boolean => text.includes(fillText(part, values));
  const missing = step.required?.find((part) => !has(part));
  if (missing !== undefined) return `${JSON.stringify(missing)} is missing in ${seen}`;
  const leaked = [...(step.forbidden ?? []), APP_SECRET].find(has);
  if (leaked !== undefined) return `${JSON.stringify(leaked)} is in ${seen}`;
  if (attack.maxBytes !== undefined && text.length > attack.maxBytes) {
    return `${text.length} octets came, more than ${attack.maxBytes}`;
  }
  return null;
}

/** The server answers another client; once it does, all earlier lines are in its log. */
async function healthFailure(server: Attacked): Promise<string | null> {
  if (server.hasEnded) return `the server has ended: ${server.log.slice(-500)}`;
  const target = `/healthz?case=${++cases}`;
  const request = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`;
  const timeout = HEALTH_TIMEOUT;
  const { status, text } = await exchange(server.port, Buffer.from(request), { timeout });
  if (status !== 200 || !text.endsWith('ok')) return `it is not well: ${JSON.stringify(text)}`;
  const logged = await until(() => server.log.includes(target), HEALTH_TIMEOUT);
  return logged ? null : 'a request is missing in the log';
}

function logFailure({ log }: ServerAttack, added: string): string | null {
  if (!log) return null;
  const lines = added.split('\n').filter((line) => line !== '' && !line.includes('/healthz'));
  const text = lines.join('\n');
  if (lines.length === 0) return 'nothing is in the log';
  if (log.notMatches !== undefined && new RegExp(log.notMatches).test(text)) {
    return `${log.notMatches} matches the log: ${JSON.stringify(text)}`;
  }
  const found = log.notContains?.find((part) => text.includes(part));
  if (found !== undefined) return `${JSON.stringify(found)} is in the log: ${JSON.stringify(text)}`;
  if (lines.length > (log.maxLines ?? Number.POSITIVE_INFINITY)) {
    return `the log has ${lines.length} lines more`;
  }
  return null;
}

function fileFailure(attack: ServerAttack, { root }: Attacked): string | null {
  const { fileAbsent, filePresent } = attack;
  if (fileAbsent !== undefined && existsSync(join(root, fileAbsent))) {
    return `${fileAbsent} is there`;
  }
  if (filePresent !== undefined && !existsSync(join(root, filePresent))) {
    return `${filePresent} is not there`;
  }
  return null;
}

interface State {
  /** How long the log was. */
  readonly log: number;
  readonly temporary: ReadonlySet<string>;
  readonly openFiles: number;
  readonly memory: number;
}

function stateOf(server: Attacked): State {
  return {
    log: server.log.length,
    temporary: new Set(server.temporaryFiles()),
    openFiles: server.openFiles(),
    memory: server.memory(),
  };
}

async function afterFailure(
  { after = {} }: ServerAttack,
  server: Attacked,
  before: State,
): Promise<string | null> {
  const { tempFilesLeft, openFilesGrowth, rssGrowthMiB } = after;
  const files = () => server.temporaryFiles().filter((name) => !before.temporary.has(name)).length;
  const measures: [what: string, now: () => number, most: number | undefined][] = [
    ['temporary files', files, tempFilesLeft],
    ['open files more', () => server.openFiles() - before.openFiles, openFilesGrowth],
    ['MiB of memory more', () => server.memory() - before.memory, rssGrowthMiB],
  ];
  for (const [what, now, most] of measures) {
    if (most === undefined) continue;
    if (!(await until(() => now() <= most, RELEASE))) return `${now()} ${what}, not ${most}`;
  }
  return null;
}

async function until(holds: () => boolean, milliseconds: number): Promise<boolean> {
  for (const end = performance.now() + milliseconds; !holds(); await sleep(20)) {
    if (performance.now() > end) return false;
  }
  return true;
}

function valuesOf({ port, root }: Attacked): ReadonlyMap<string, string> {
  return new Map([
    ['PORT', String(port)],
    ['HOSTPORT', `127.0.0.1:${port}`],
    ['ROOT', root],
    ['NODE_VERSION', process.versions.node],
  ]);
}
