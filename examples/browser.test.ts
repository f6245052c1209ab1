import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedExample, serveExample } from './testing/serve-example.ts';
import { skipBrowser, useBrowser } from './testing/use-browser.ts';

const tab = useBrowser();
const { seen } = tab;

describe.skipIf(skipBrowser)('hello.ts in a browser', () => {
  let hello: ServedExample;

  beforeAll(async () => {
    hello = await serveExample('hello.ts');
  });

  afterAll(async () => {
    await hello.interrupt();
  });

  it('shows Hello World!', async () => {
    await tab.page.goto(hello.url);
    expect(await seen('body')).toBe('Hello World!');
  });
});

describe.skipIf(skipBrowser)('tour.ts in a browser', () => {
  let tour: ServedExample;

  beforeAll(async () => {
    tour = await serveExample('tour.ts', { flags: ['--debug'] });
  });

  afterAll(async () => {
    await tour.interrupt();
  });

  it('leads from the first page to a user with blanks and umlauts', async () => {
    await tab.page.goto(tour.url);
    await tab.page.getByText('Jürgen Müller').click();
    expect(await seen('h1')).toBe('Hello Jürgen Müller!');
  });

  it('sends a form', async () => {
    await tab.page.goto(`${tour.url}/form`);
    await tab.page.locator('input').fill('Grüße & <b>Küsse</b>');
    await tab.page.getByText('Send').click();
    expect(await seen('#message')).toBe('Grüße & <b>Küsse</b>');
  });

  it('counts visits in a cookie', async () => {
    for (const count of ['1', '2', '3']) {
      await tab.page.goto(`${tour.url}/visits`);
      expect(await seen('#count')).toBe(count);
    }
  });

  it('uploads 20 MB and gets their hash', async () => {
    const buffer = Buffer.alloc(20_000_000);
    for (let at = 0; at < buffer.length; at += 4)
      buffer.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
    const hash = createHash('sha256').update(buffer).digest('hex');
    await tab.page.goto(`${tour.url}/upload`);
    await tab.page
      .locator('#file')
      .setInputFiles({ name: 'noise.bin', mimeType: 'application/octet-stream', buffer });
    await tab.page.locator('#result', { hasText: 'SHA-256' }).waitFor();
    expect(await seen('#result')).toBe(`20000000 bytes, SHA-256 ${hash}`);
  });

  it('shows a stream as it comes', async () => {
    await tab.page.goto(`${tour.url}/stream`, { waitUntil: 'commit' });
    const states = new Set<number>();
    while ((await tab.page.locator('#end').count()) === 0) {
      states.add(await tab.page.locator('.piece').count());
    }
    expect(states.size).toBeGreaterThan(2);
    expect(await tab.page.locator('.piece').count()).toBe(5);
  });

  it('shows an error with its stack in the sources and its cause', async () => {
    const requested: string[] = [];
    tab.page.on('request', (request) => requested.push(request.url()));
    const response = await tab.page.goto(`${tour.url}/boom`);
    expect(response?.status()).toBe(500);
    expect(await seen('h1')).toBe('Error');
    expect(await seen('.message')).toBe('This page always fails.');
    expect(await seen('li')).toMatch(/^boom\n.*examples\/tour\.ts:\d+/);
    expect(await seen('h2')).toMatch(/RangeError$/);
    expect(requested.filter((url) => !url.startsWith('data:'))).toEqual([`${tour.url}/boom`]);
  });

  it('fits the error page on a narrow screen, and darkens it', async () => {
    await tab.page.setViewportSize({ width: 360, height: 640 });
    await tab.page.emulateMedia({ colorScheme: 'dark' });
    await tab.page.goto(`${tour.url}/boom`);
    const { width, background } = (await tab.page.evaluate(`({
      width: document.documentElement.scrollWidth,
      background: getComputedStyle(document.body).backgroundColor,
    })`)) as { width: number; background: string };
    expect(width).toBe(360);
    expect(background).toBe('rgb(23, 25, 28)');
  });

  it('lets the policy of the error page complain about nothing', async () => {
    await tab.page.goto(`${tour.url}/boom`);
    // Chromium reports the status itself as an error.
    expect(tab.complaints.filter((text) => !text.includes('status of 500'))).toEqual([]);
  });
});

describe.skipIf(skipBrowser)('events.ts in a browser', () => {
  let chat: ServedExample;

  beforeAll(async () => {
    chat = await serveExample('events.ts');
  });

  afterAll(async () => {
    await post('/drain');
    await chat.interrupt();
  });

  const post = (path: string, fields: Record<string, string> = {}) =>
    fetch(`${chat.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });

  it('shows what others write, and what was missed while the connection was lost, once', async () => {
    const ids: Promise<string | null>[] = [];
    tab.page.on('request', (request) => {
      if (request.url().endsWith('/events')) ids.push(request.headerValue('Last-Event-ID'));
    });
    await tab.page.goto(chat.url);
    await tab.page.getByText('connected 1').waitFor();
    await tab.page.locator('input').fill('Grüße & <b>Küsse</b>');
    await tab.page.getByText('Send').click();
    await tab.page.locator('li', { hasText: 'Küsse' }).waitFor();
    await post('/messages', { text: 'two' });
    await tab.page.locator('li', { hasText: 'two' }).waitFor();

    await post('/drain');
    await post('/messages', { text: 'three' });
    await tab.page.getByText('connected 2').waitFor();
    await tab.page.locator('li', { hasText: 'three' }).waitFor();
    expect(await tab.page.locator('li').allTextContents()).toEqual([
      'Grüße & <b>Küsse</b>',
      'two',
      'three',
    ]);
    expect(await Promise.all(ids)).toEqual([null, '2']);
  });
});

describe.skipIf(skipBrowser)('websocket.ts in a browser', () => {
  let echo: ServedExample;

  beforeAll(async () => {
    echo = await serveExample('websocket.ts');
  });

  afterAll(async () => {
    await echo.interrupt();
  });

  it('shows each message as it comes back', async () => {
    await tab.page.goto(echo.url);
    await tab.page.getByText('connected').waitFor();
    for (const text of ['Grüße & <b>Küsse</b>', 'two']) {
      await tab.page.locator('input').fill(text);
      await tab.page.getByText('Send').click();
      await tab.page.locator('li', { hasText: text }).waitFor();
    }
    expect(await tab.page.locator('li').allTextContents()).toEqual(['Grüße & <b>Küsse</b>', 'two']);
  });

  it('lets no page of another origin in', async () => {
    await tab.page.goto(echo.url.replace('localhost', '127.0.0.1'));
    const code = await tab.page.evaluate(
      `new Promise((resolve) => {
        new WebSocket('${echo.url.replace('http', 'ws')}/echo').onclose = ({ code }) => resolve(code);
      })`,
    );
    expect(code).toBe(1006);
  });
});
