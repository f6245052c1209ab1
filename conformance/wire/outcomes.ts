import type {
  Outcome,
  RejectedOutcome,
  RespondedOutcome,
  ResponseSpec,
  TruncatedOutcome,
  WireCase,
} from './cases.ts';
import { echoOf } from './echo.ts';
import { fieldOf, responseMismatch, statusMatches } from './expectations.ts';
import type { FinalResponse, InterimResponse } from './response-parser.ts';

/** What a client saw on its connection. */
export interface Exchange {
  readonly connected: boolean;
  /** The complete final responses. */
  readonly responses: readonly FinalResponse[];
  /** Interim responses after the last final one. */
  readonly interim: readonly InterimResponse[];
  /** Octets of a response that never became complete. */
  readonly rest: Buffer;
  /** Why the octets are no response. */
  readonly malformed: string | null;
  /** How the server ended the connection; null: it did not. */
  readonly closed: 'end' | 'reset' | null;
}

/** Why what was seen fails the case; null when it passes. */
export function judge(test: Pick<WireCase, 'accept' | 'never'>, exchange: Exchange): string | null {
  if (test.accept === undefined) return null; // survival is checked by itself
  if (exchange.malformed !== null) return `malformed response: ${exchange.malformed}`;
  for (const word of [test.never ?? []].flat()) {
    const shows = exchange.responses.findIndex(
      ({ status, body }) => status < 300 && body.includes(word, 0, 'latin1'),
    );
    if (shows >= 0) return `response ${shows + 1} shows ${JSON.stringify(word)}`;
  }
  const reasons = new Set<string>();
  for (const outcome of test.accept) {
    const why = outcomeMismatch(outcome, exchange);
    if (why === null) return null;
    reasons.add(why);
  }
  return [...reasons].join(' | ');
}

/** Why the exchange does not show this outcome; null when it does. */
export function outcomeMismatch(outcome: Outcome, exchange: Exchange): string | null {
  if ('responses' in outcome) return respondedMismatch(outcome, exchange);
  const before = outcome.before ?? [];
  const why = firstResponsesMismatch(before, exchange.responses);
  if (why !== null) return why;
  if ('reject' in outcome) return rejectedMismatch(outcome, before.length, exchange);
  if ('truncated' in outcome) return truncatedMismatch(outcome, before.length, exchange);
  if (exchange.responses.length > before.length || exchange.rest.length > 0) return 'answered';
  const open = exchange.closed === null;
  if ('idle' in outcome) return open ? null : 'connection closed';
  return open ? 'connection left open' : null;
}

/** A line on what was seen. */
export function describeExchange(exchange: Exchange): string {
  if (!exchange.connected) return 'no connection';
  const parts = exchange.responses.map(describeResponse);
  parts.push(...exchange.interim.map(({ status }) => String(status)));
  if (exchange.malformed !== null) parts.push(`malformed (${exchange.malformed})`);
  else if (exchange.rest.length > 0) {
    const start = JSON.stringify(exchange.rest.toString('latin1', 0, 50));
    parts.push(`${exchange.rest.length} octets of an incomplete response ${start}`);
  }
  if (parts.length === 0) parts.push('nothing');
  if (parts.length > 6) parts.splice(3, parts.length - 6, '...');
  return `${parts.join(', ')}; ${exchange.closed ?? 'open'}`;
}

function respondedMismatch(outcome: RespondedOutcome, exchange: Exchange): string | null {
  const { responses } = exchange;
  const wanted = outcome.responses;
  const given = wanted.slice(0, responses.length);
  const why = firstResponsesMismatch(given, responses);
  if (why !== null) return why;
  if (given.length < wanted.length) {
    if (outcome.orClose && announcedClose(exchange)) return null;
    return `response ${given.length + 1} of ${wanted.length} missing`;
  }
  if (responses.length > wanted.length) return `${responses.length} responses`;
  if (exchange.rest.length > 0) return `${exchange.rest.length} octets after the last response`;
  if (outcome.close === true && exchange.closed === null) return 'connection left open';
  if (outcome.close === false && exchange.closed !== null) return 'connection closed';
  return null;
}

function firstResponsesMismatch(
  wanted: readonly ResponseSpec[],
  given: readonly FinalResponse[],
): string | null {
  for (const [index, spec] of wanted.entries()) {
    const response = given[index];
    if (response === undefined) return `response ${index + 1} of ${wanted.length} missing`;
    const why = responseMismatch(spec, response);
    if (why !== null) return `response ${index + 1}: ${why}`;
  }
  return null;
}

/** Whether the last response, one at least, said that the connection would be closed, and it was. */
function announcedClose(exchange: Exchange): boolean {
  const last = exchange.responses.at(-1);
  if (last === undefined || exchange.closed === null || exchange.rest.length > 0) return false;
  const options = (fieldOf(last, 'connection') ?? '').toLowerCase().split(',');
  return options.some((option) => option.trim() === 'close');
}

function rejectedMismatch(
  outcome: RejectedOutcome,
  before: number,
  exchange: Exchange,
): string | null {
  const { responses, rest, closed } = exchange;
  const refusal = responses[before];
  if (refusal === undefined) {
    if (rest.length > 0) return `${rest.length} octets of an incomplete response`;
    if (closed === null) return 'no error response';
    return outcome.silent ? null : 'closed without the error response';
  }
  const { status } = refusal;
  if (!statusMatches(outcome.reject, status)) {
    return `status ${status}, not ${[outcome.reject].flat().join(' or ')}`;
  }
  const further = responses.length - before - 1;
  if (further > 0) return `${further} more after the error response`;
  if (rest.length > 0) return `${rest.length} octets after the error response`;
  if (closed === null && !outcome.mayStayOpen) return `status ${status}, connection left open`;
  return null;
}

function truncatedMismatch(
  outcome: TruncatedOutcome,
  before: number,
  exchange: Exchange,
): string | null {
  const { responses, rest, closed } = exchange;
  if (closed === null) return 'connection left open';
  if (responses.length > before) return `response ${before + 1} ended as if it were complete`;
  if (rest.length === 0) return outcome.silent ? null : 'nothing was sent';
  const status = Number(/^HTTP\/1\.[01] ([1-5]\d\d) /.exec(rest.toString('latin1', 0, 20))?.[1]);
  if (outcome.status !== undefined && !statusMatches(outcome.status, status)) {
    return `the response that broke off has status ${status}`;
  }
  return null;
}

function describeResponse(response: FinalResponse): string {
  const statuses = [...response.informational, response].map(({ status }) => status).join('+');
  const echo = echoOf(response);
  if (echo === null) return `${statuses} ${response.framing}:${response.body.length}`;
  return `${statuses} echo(${echo.method} ${String(echo.path).slice(0, 40)} ${echo.bodyLength})`;
}
