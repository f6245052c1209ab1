import type { Tally } from '../lib/tally.ts';
import type { Fixture, Message } from './fixture-files.ts';
import { LOOSER, STRICTER, UNLIKE } from './fixture-reasons.ts';
import { RecordingServer, type Seen } from './recording-server.ts';

/** What is at fault with most fixtures, which is why they run once more with what they lack. */
const NO_HOST = 'has no Host field';
const HOST = 'fixture.example';
const END_OF_REQUEST_LINE = / HTTP\/1\.1\r\n/g;

/** Feeds every fixture to our server. */
export async function runFixtures(fixtures: readonly Fixture[]): Promise<Tally> {
  const tally: Tally = { passed: 0, failures: [], different: [], notYet: [] };
  const servers = [new RecordingServer(), new RecordingServer(true)] as const;
  for (const server of servers) await server.listen();
  try {
    for (const fixture of fixtures) {
      const server = servers[fixture.isProxied ? 1 : 0];
      const verdict = await verdictOn(fixture, (octets) => server.feed(octets));
      if (!verdict.holds) tally.failures.push(`${fixture.name}: ${verdict.because}`);
      else tally.passed++;
      if (verdict.holds && verdict.because !== '') {
        tally.different.push(`${fixture.name}: ${verdict.because}`);
      }
    }
  } finally {
    for (const server of servers) server.close();
  }
  return tally;
}

/** Whether our server does with a fixture what it should; `because` says why it differs, or fails. */
export interface Verdict {
  readonly holds: boolean;
  readonly because: string;
}

/** Judges one fixture. */
export async function verdictOn(
  fixture: Fixture,
  feed: (octets: Buffer) => Promise<Seen>,
): Promise<Verdict> {
  const seen = await feed(fixture.octets);
  if (!seen.refusal.includes(NO_HOST)) return judge(fixture, seen);
  const changed = withHost(fixture);
  if (changed.octets.equals(fixture.octets)) return { holds: false, because: seen.refusal };
  return judge(changed, await feed(changed.octets));
}

/** The fixture with a Host in each of its requests, so that something else can be at fault. */
function withHost({ octets, messages, ...rest }: Fixture): Fixture {
  let left = Math.max(1, messages.length);
  const changed = octets.toString('latin1').replace(END_OF_REQUEST_LINE, (end) => {
    return left-- > 0 ? `${end}Host: ${HOST}\r\n` : end;
  });
  return { ...rest, messages, octets: Buffer.from(changed, 'latin1') };
}

function judge({ name, isValid, messages, most }: Fixture, seen: Seen): Verdict {
  if (!isValid) {
    if (seen.messages.length <= most) return { holds: true, because: '' };
    const reason = LOOSER.find(({ fixtures }) => fixtures.includes(name));
    if (reason) return { holds: true, because: reason.because };
    return { holds: false, because: `it is invalid, and was taken for ${text(seen.messages)}` };
  }
  const reason = STRICTER.find(({ fixtures }) => fixtures.includes(name));
  if (reason) {
    if (!seen.refusal.includes(reason.says)) {
      return { holds: false, because: `it was to be refused: ${reason.because}` };
    }
    return { holds: true, because: reason.because };
  }
  const unlike = UNLIKE.get(name);
  const wanted = text(messages.map((message) => ({ ...message, ...unlike?.changes })));
  const got = text(seen.messages);
  if (got === wanted) return { holds: true, because: unlike?.because ?? '' };
  return { holds: false, because: `wanted ${wanted}, got ${got} ${seen.refusal}` };
}

/** Requests for comparison. White space around a value is not part of it (RFC 9110 section 5.5). */
function text(messages: readonly Message[]): string {
  const plain = messages.map(({ method, target, fields, body }) => ({
    method,
    target,
    // The Host is ours. Names with an underscore have no key in the environ; gunicorn drops them.
    fields: fields
      .filter(([name, value]) => !name.includes('_') && value !== HOST)
      .map(([name, value]) => `${name}: ${value.replace(/^[ \t]+|[ \t]+$/g, '')}`),
    body,
  }));
  return JSON.stringify(plain);
}
