import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ServedExample, serveExample } from './testing/serve-example.ts';

let chat: ServedExample;

beforeAll(async () => {
  chat = await serveExample('events.ts');
});

afterAll(async () => {
  await chat.interrupt();
});

const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(`${chat.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });

async function readers(): Promise<unknown> {
  return (await fetch(`${chat.url}/readers`)).json();
}

/** Opens the stream of events; `until` gives all that has come once it fits. */
async function listen(lastEventId?: string) {
  const leaving = new AbortController();
  const response = await fetch(`${chat.url}/events`, {
    headers: lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
    signal: leaving.signal,
  });
  const chunks = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(text)) {
      const { done, value } = await chunks.read();
      if (done) throw new Error(`The stream ended: ${text}`);
      text += value;
    }
    return text;
  };
  const end = async (): Promise<string> => {
    for (let next = await chunks.read(); !next.done; next = await chunks.read()) text += next.value;
    return text;
  };
  return { response, until, end, leave: () => leaving.abort() };
}

describe('the chat', () => {
  it('opens its stream at once, though there is nothing to tell', async () => {
    const { response, until, leave } = await listen();
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    expect(response.headers.get('Cache-Control')).toContain('no-store');
    expect(await until(/\n\n/)).toBe('retry: 500\n\n');
    leave();
  });

  it('tells everyone of a message, and one who comes later of those before', async () => {
    const first = await listen();
    await first.until(/\n\n/);
    expect((await post('/messages', { text: 'Grüße\nan alle' })).status).toBe(204);
    const event = 'id: 1\ndata: {"text":"Grüße\\nan alle"}\n\n';
    expect(await first.until(/data/)).toBe(`retry: 500\n\n${event}`);
    await post('/messages', { text: 'two' });
    const second = await listen();
    expect(await second.until(/two/)).toContain(event);
    first.leave();
    second.leave();
  });

  it('tells one who comes back only what was missed', async () => {
    const { until, leave } = await listen('1');
    expect(await until(/two/)).toBe('retry: 500\n\nid: 2\ndata: {"text":"two"}\n\n');
    leave();
  });

  it('forgets those who left, at the latest when it sends to them', async () => {
    const { until, leave } = await listen();
    await until(/two/);
    expect(await readers()).toBeGreaterThan(0);
    leave();
    await vi.waitFor(async () => {
      await post('/messages', { text: 'Anyone?' });
      expect(await readers()).toBe(0);
    });
  });

  it('ends its streams properly when it is drained', async () => {
    const { until, end } = await listen();
    await until(/Anyone/);
    await post('/drain');
    expect(await end()).toMatch(/data: {"text":"Anyone\?"}\n\n$/);
    expect(await readers()).toBe(0);
  });

  it('knows nothing of other paths and methods', async () => {
    expect((await fetch(`${chat.url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${chat.url}/drain`)).status).toBe(405);
    const head = await fetch(`${chat.url}/events`, { method: 'HEAD' });
    expect(head.headers.get('Content-Type')).toBe('text/event-stream');
    expect(await readers()).toBe(0);
  });
});
