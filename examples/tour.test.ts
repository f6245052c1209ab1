import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ServedExample, serveExample } from './testing/serve-example.ts';

let tour: ServedExample;

beforeAll(async () => {
  tour = await serveExample('tour.ts', { flags: ['--debug'] });
});

afterAll(async () => {
  await tour.interrupt();
});

const ask = (path: string, init?: RequestInit) => fetch(`${tour.url}${path}`, init);

/** How often a line is in the log, once it is there at all. */
function timesLogged(line: string): Promise<number> {
  const lines = () => tour.output().split('\n');
  return vi.waitFor(() => {
    expect(lines()).toContain(line);
    return lines().filter((each) => each === line).length;
  });
}

describe('the tour', () => {
  it('greets by a name with blanks and umlauts', async () => {
    const response = await ask('/user/J%C3%BCrgen%20M%C3%BCller');
    expect(await response.text()).toContain('<h1>Hello Jürgen Müller!</h1>');
  });

  it('escapes a name', async () => {
    const response = await ask(`/user/${encodeURIComponent('<b>&"')}`);
    expect(await response.text()).toContain('<h1>Hello &lt;b&gt;&amp;&#34;!</h1>');
  });

  it('takes %2F for a separator', async () => {
    expect((await ask('/user/a%2Fb')).status).toBe(404);
  });

  it('knows nothing of other paths', async () => {
    expect((await ask('/nowhere')).status).toBe(404);
  });

  it('reads a posted form', async () => {
    const body = new URLSearchParams({ message: 'Grüße & <b>' });
    const response = await ask('/form', { method: 'POST', body });
    expect(await response.text()).toContain('<p id="message">Grüße &amp; &lt;b&gt;</p>');
  });

  it('refuses a method that it does not know', async () => {
    expect((await ask('/form', { method: 'DELETE' })).status).toBe(405);
  });

  it('counts visits in a cookie', async () => {
    const first = await ask('/visits');
    expect(await first.text()).toContain('<b id="count">1</b>');
    const [cookie = ''] = first.headers.getSetCookie();
    expect(cookie).toMatch(/^visits=1;.*HttpOnly/);
    const second = await ask('/visits', { headers: { Cookie: cookie.split(';')[0]! } });
    expect(await second.text()).toContain('<b id="count">2</b>');
  });

  it('counts from the beginning when the cookie makes no sense', async () => {
    const response = await ask('/visits', { headers: { Cookie: 'visits=many' } });
    expect(await response.text()).toContain('<b id="count">1</b>');
  });

  it('answers an upload of 20 MB with its hash', async () => {
    const body = Buffer.alloc(20_000_000, 'Werkstatt');
    const hash = createHash('sha256').update(body).digest('hex');
    const response = await ask('/upload', { method: 'POST', body });
    expect(await response.text()).toBe(`20000000 bytes, SHA-256 ${hash}\n`);
  });

  it('streams: a piece is there before the next one is made', async () => {
    const response = await ask('/stream');
    let seen = '';
    let chunks = 0;
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      if (seen.includes('Piece 1')) expect(seen).not.toContain('id="end"');
      seen += chunk;
      chunks++;
    }
    expect(chunks).toBeGreaterThanOrEqual(3);
    expect(seen).toContain('Piece 5');
  });

  it('answers a failure with its stack, causes included, and logs it once', async () => {
    const response = await ask('/boom');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toMatch(/^Error: This page always fails\.\n {4}at boom \(.*tour\.ts:\d+:\d+\)/);
    expect(text).toContain('Caused by: RangeError: and this is why');
    expect(await timesLogged('Error: This page always fails.')).toBe(1);
  });

  it('breaks off what fails half-way, and logs it once', async () => {
    const response = await ask('/broken');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(await timesLogged('Error: This page fails half-way.')).toBe(1);
  });
});
