import { createHash } from 'node:crypto';
import type { OctetText, OneOrMore, ResponseSpec } from './cases.ts';
import { type Echo, echoOf } from './echo.ts';
import { type FinalResponse, fieldValues } from './response-parser.ts';
import { octetsOf } from './steps.ts';

const IMF_FIXDATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const CLOCK_TOLERANCE = 60_000;

type FieldSpec = OneOrMore<string> | true | null;

/** Why a response is not what `spec` asks for; null when it is. */
export function responseMismatch(spec: ResponseSpec, response: FinalResponse): string | null {
  return (
    headMismatch(spec, response) ??
    interimMismatch(spec, response) ??
    headersMismatch(spec, response) ??
    contentMismatch(spec, response) ??
    echoMismatch(spec, response)
  );
}

/** Whether `status` is one of those wanted: `404`, or `"4xx"` for a class. */
export function statusMatches(wanted: OneOrMore<number | string>, status: number): boolean {
  return [wanted]
    .flat()
    .some((one) => (typeof one === 'number' ? one === status : one[0] === String(status)[0]));
}

/** The field's values as one, or null when the response lacks it. */
export function fieldOf(response: FinalResponse, name: string): string | null {
  const values = fieldValues(response, name);
  return values.length > 0 ? values.join(', ') : null;
}

function headMismatch(spec: ResponseSpec, response: FinalResponse): string | null {
  const { status, version, framing } = response;
  if (spec.status !== undefined && !statusMatches(spec.status, status)) {
    return `status ${status}, not ${oneOf(spec.status)}`;
  }
  if (spec.version !== undefined && spec.version !== version) return `version HTTP/${version}`;
  if (spec.framing !== undefined && ![spec.framing].flat().includes(framing)) {
    return `framing ${framing}, not ${oneOf(spec.framing)}`;
  }
  return null;
}

function interimMismatch(spec: ResponseSpec, response: FinalResponse): string | null {
  const statuses = response.informational.map(({ status }) => status);
  const continued = statuses.includes(100);
  if (spec.continue === true && !continued) return 'no 100 (Continue) before it';
  if (spec.continue === false && continued) return 'an unasked 100 (Continue) before it';
  const wanted = spec.informational;
  if (wanted !== undefined && ![wanted].flat().map(String).includes(statuses.join(','))) {
    return `informational responses "${statuses.join(',')}"`;
  }
  return null;
}

function headersMismatch(spec: ResponseSpec, response: FinalResponse): string | null {
  for (const [name, wanted] of Object.entries(spec.headers ?? {})) {
    const why = fieldMismatch(wanted, fieldOf(response, name));
    if (why !== null) return `field ${name} ${why}`;
  }
  for (const [name, wanted] of Object.entries(spec.headerTokens ?? {})) {
    const tokens = (fieldOf(response, name) ?? '').toLowerCase().split(',');
    const given = tokens.map((token) => token.trim());
    for (const token of [wanted].flat()) {
      if (!given.includes(token)) return `field ${name} lacks ${token}`;
    }
  }
  for (const [name, count] of Object.entries(spec.headerCount ?? {})) {
    const given = fieldValues(response, name).length;
    if (given !== count) return `field ${name} given ${given} times, not ${count}`;
  }
  return null;
}

function fieldMismatch(wanted: FieldSpec, given: string | null): string | null {
  if (wanted === null) return given === null ? null : `present: ${given}`;
  if (given === null) return 'missing';
  if (wanted === true) return null;
  if (wanted === 'imf-date') return dateMismatch(given);
  const same = (one: string): boolean => one.toLowerCase() === given.toLowerCase();
  return [wanted].flat().some(same) ? null : `is ${JSON.stringify(given)}, not ${oneOf(wanted)}`;
}

function dateMismatch(given: string): string | null {
  if (!IMF_FIXDATE.test(given)) return `is not an IMF-fixdate: ${given}`;
  const deviation = Math.abs(Date.parse(given) - Date.now());
  return deviation > CLOCK_TOLERANCE ? `is off by more than a minute: ${given}` : null;
}

function contentMismatch(spec: ResponseSpec, { body }: FinalResponse): string | null {
  if (spec.bodyLength !== undefined && body.length !== spec.bodyLength) {
    return `content of ${body.length} octets, not ${spec.bodyLength}`;
  }
  if (spec.body !== undefined && !body.equals(octetsOf(spec.body))) {
    return `content ${JSON.stringify(body.toString('latin1', 0, 60))}`;
  }
  return null;
}

function echoMismatch(spec: ResponseSpec, response: FinalResponse): string | null {
  if (!spec.echo && spec.echoBody === undefined && !spec.echoHeaders) return null;
  const echo = echoOf(response);
  if (echo === null) return 'content is not an echo';
  for (const [name, wanted] of Object.entries(spec.echo ?? {})) {
    const why = memberMismatch(echo, name, wanted);
    if (why !== null) return why;
  }
  for (const [name, wanted] of Object.entries(spec.echoHeaders ?? {})) {
    const why = echoedFieldMismatch(wanted, echoedField(echo, name));
    if (why !== null) return `the app got field ${name}: ${why}`;
  }
  return spec.echoBody === undefined ? null : echoedBodyMismatch(spec.echoBody, echo);
}

function memberMismatch(
  echo: Echo,
  name: string,
  wanted: OneOrMore<string | number>,
): string | null {
  if (name === 'target' && echo.target == null) return null; // the interface hides it
  const member = name === 'rawTarget' ? 'target' : name;
  const given = echo[member as 'method'];
  if ([wanted].flat().includes(given)) return null;
  return `echo.${member} is ${JSON.stringify(given)}, not ${oneOf(wanted)}`;
}

function echoedBodyMismatch(wanted: string | OctetText, echo: Echo): string | null {
  const body = octetsOf(wanted);
  if (echo.bodyLength !== body.length) {
    return `echo.bodyLength is ${echo.bodyLength}, not ${body.length}`;
  }
  const digest = createHash('sha256').update(body).digest('hex');
  return echo.bodySha256 === digest ? null : 'echo.bodySha256 differs';
}

/** The field as the app got it, commas set alike, or null. */
function echoedField(echo: Echo, name: string): string | null {
  const values = echo.headers.filter(([given]) => given.toLowerCase() === name);
  if (values.length === 0) return null;
  return values
    .map(([, value]) => value)
    .join(', ')
    .replace(/,[ \t]*/g, ', ');
}

function echoedFieldMismatch(wanted: FieldSpec, given: string | null): string | null {
  if (wanted === null ? given === null : given !== null && wanted === true) return null;
  if (wanted !== null && wanted !== true && given !== null && [wanted].flat().includes(given)) {
    return null;
  }
  return `${JSON.stringify(given)}, not ${oneOf(wanted)}`;
}

function oneOf(wanted: OneOrMore<string | number> | true | null): string {
  return [wanted]
    .flat()
    .map((one) => JSON.stringify(one))
    .join(' or ');
}
