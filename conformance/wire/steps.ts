import { setTimeout as sleep } from 'node:timers/promises';
import type { OctetText, SendStep, Step } from './cases.ts';
import type { WireClient } from './client.ts';

/** What steps need to know besides themselves. Times are milliseconds. */
export interface StepContext {
  /** Replaces `${HOST}` in what is sent. */
  authority: string;
  /** How long a step waits for a response. */
  timeout: number;
  /** How long a header section may stay incomplete before the server must react. */
  headerTimeout: number;
}

/** Where a repeated text names its number. */
const NUMBER_PLACE = /\$\{i\}/g;

/** Plays a script on a connection, in order. */
export async function playSteps(
  client: WireClient,
  steps: readonly Step[],
  context: StepContext,
): Promise<void> {
  for (const step of steps) {
    if ((await playStep(client, step, context)) === 'refused') return;
  }
}

async function playStep(
  client: WireClient,
  step: Step,
  context: StepContext,
): Promise<'refused' | undefined> {
  if ('send' in step) await send(client, step, context.authority);
  else if ('wait' in step) await client.until(() => client.closed === 'reset', step.wait);
  else if ('await' in step) {
    await client.until(() => client.responses.length >= step.await || client.over, context.timeout);
  } else if ('awaitContinue' in step) {
    const before = step.before ?? 0;
    const refused = (): boolean => client.responses.length > before || client.closed !== null;
    const answered = (): boolean => client.interim.length > 0 || refused() || client.over;
    await client.until(answered, context.timeout);
    if (!step.goOn && refused()) return 'refused';
  } else if ('awaitBytes' in step) {
    const arrived = (): boolean => client.received >= step.awaitBytes || client.closed !== null;
    await client.until(arrived, context.timeout);
  } else if ('drip' in step) await drip(client, step, context.headerTimeout);
  else if ('fin' in step) client.end();
  else if ('reset' in step) client.reset();
  else if ('destroy' in step) client.destroy();
  else if ('pause' in step) client.pause();
  else if ('resume' in step) client.resume();
  else throw new Error(`step of unknown kind: ${JSON.stringify(step satisfies never)}`);
  return undefined;
}

async function send(client: WireClient, step: SendStep, authority: string): Promise<void> {
  const octets = octetsOf(step, authority);
  const size = step.split ?? octets.length;
  for (let at = 0; at < octets.length && client.closed !== 'reset'; at += size) {
    await client.write(octets.subarray(at, at + size));
    if (step.delay) await sleep(step.delay);
    if (step.untilClosed && client.closed !== null) return;
  }
}

/** Sends one piece after the other until the server answers or closes. */
async function drip(
  client: WireClient,
  step: { drip: string; delay: number },
  headerTimeout: number,
): Promise<void> {
  const deadline = Date.now() + headerTimeout;
  const reacted = (): boolean => client.closed !== null || client.responses.length > 0;
  while (!reacted() && Date.now() < deadline) {
    await client.write(Buffer.from(step.drip, 'latin1'));
    await client.until(reacted, step.delay);
  }
}

/** The octets that a text stands for. */
export function octetsOf(text: string | OctetText, authority = ''): Buffer {
  if (typeof text === 'string') return Buffer.from(text, 'latin1');
  const { repeat = 1, encoding = 'latin1' } = text;
  const template = [text.send]
    .flat()
    .join('')
    .replace(/\$\{HOST\}/g, authority);
  if (template.search(NUMBER_PLACE) < 0) {
    const once = Buffer.from(template, encoding);
    return Buffer.alloc(once.length * repeat, once);
  }
  const numbered = Array.from({ length: repeat }, (_, i) => template.replace(NUMBER_PLACE, `${i}`));
  return Buffer.from(numbered.join(''), encoding);
}
