import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServedExample, serveExample } from './testing/serve-example.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

// Where tests have to be complete, a missing browser is a failure.
const skip = !existsSync(executablePath) && process.env['CI'] === undefined;
if (skip) {
  console.warn(
    `SKIPPED: the tests in a browser need Chromium, and there is none at ${executablePath}. ` +
      'Install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
}

const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  if (!skip) browser = await chromium.launch({ executablePath, args: launchArguments });
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  if (skip) return;
  context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

afterEach(async () => {
  await context?.close();
});

/** The text that a person sees in the first such element, once there is one. */
function seen(selector: string): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is rendered is the point here.
  return page.locator(selector).first().innerText();
}

describe.skipIf(skip)('hello.ts in a browser', () => {
  let hello: ServedExample;

  beforeAll(async () => {
    hello = await serveExample('hello.ts');
  });

  afterAll(async () => {
    await hello.interrupt();
  });

  it('shows Hello World!', async () => {
    await page.goto(hello.url);
    expect(await seen('body')).toBe('Hello World!');
  });
});

describe.skipIf(skip)('tour.ts in a browser', () => {
  let tour: ServedExample;

  beforeAll(async () => {
    tour = await serveExample('tour.ts', '--debug');
  });

  afterAll(async () => {
    await tour.interrupt();
  });

  it('leads from the first page to a user with blanks and umlauts', async () => {
    await page.goto(tour.url);
    await page.getByText('Jürgen Müller').click();
    expect(await seen('h1')).toBe('Hello Jürgen Müller!');
  });

  it('sends a form', async () => {
    await page.goto(`${tour.url}/form`);
    await page.locator('input').fill('Grüße & <b>Küsse</b>');
    await page.getByText('Send').click();
    expect(await seen('#message')).toBe('Grüße & <b>Küsse</b>');
  });

  it('counts visits in a cookie', async () => {
    for (const count of ['1', '2', '3']) {
      await page.goto(`${tour.url}/visits`);
      expect(await seen('#count')).toBe(count);
    }
  });

  it('uploads 20 MB and gets their hash', async () => {
    const buffer = Buffer.alloc(20_000_000);
    for (let at = 0; at < buffer.length; at += 4)
      buffer.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
    const hash = createHash('sha256').update(buffer).digest('hex');
    await page.goto(`${tour.url}/upload`);
    await page
      .locator('#file')
      .setInputFiles({ name: 'noise.bin', mimeType: 'application/octet-stream', buffer });
    await page.locator('#result', { hasText: 'SHA-256' }).waitFor();
    expect(await seen('#result')).toBe(`20000000 bytes, SHA-256 ${hash}`);
  });

  it('shows a stream as it comes', async () => {
    await page.goto(`${tour.url}/stream`, { waitUntil: 'commit' });
    const states = new Set<number>();
    while ((await page.locator('#end').count()) === 0) {
      states.add(await page.locator('.piece').count());
    }
    expect(states.size).toBeGreaterThan(2);
    expect(await page.locator('.piece').count()).toBe(5);
  });

  it('shows an error with its stack in the sources and its cause', async () => {
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    const response = await page.goto(`${tour.url}/boom`);
    expect(response?.status()).toBe(500);
    expect(await seen('h1')).toBe('Error');
    expect(await seen('.message')).toBe('This page always fails.');
    expect(await seen('li')).toMatch(/^boom\n.*examples\/tour\.ts:\d+/);
    expect(await seen('h2')).toMatch(/RangeError$/);
    expect(requested.filter((url) => !url.startsWith('data:'))).toEqual([`${tour.url}/boom`]);
  });

  it('fits the error page on a narrow screen, and darkens it', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${tour.url}/boom`);
    const { width, background } = (await page.evaluate(`({
      width: document.documentElement.scrollWidth,
      background: getComputedStyle(document.body).backgroundColor,
    })`)) as { width: number; background: string };
    expect(width).toBe(360);
    expect(background).toBe('rgb(23, 25, 28)');
  });

  it('lets the policy of the error page complain about nothing', async () => {
    await page.goto(`${tour.url}/boom`);
    // Chromium reports the status itself as an error.
    expect(complaints.filter((text) => !text.includes('status of 500'))).toEqual([]);
  });
});

describe.skipIf(skip)('events.ts in a browser', () => {
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
    page.on('request', (request) => {
      if (request.url().endsWith('/events')) ids.push(request.headerValue('Last-Event-ID'));
    });
    await page.goto(chat.url);
    await page.getByText('connected 1').waitFor();
    await page.locator('input').fill('Grüße & <b>Küsse</b>');
    await page.getByText('Send').click();
    await page.locator('li', { hasText: 'Küsse' }).waitFor();
    await post('/messages', { text: 'two' });
    await page.locator('li', { hasText: 'two' }).waitFor();

    await post('/drain');
    await post('/messages', { text: 'three' });
    await page.getByText('connected 2').waitFor();
    await page.locator('li', { hasText: 'three' }).waitFor();
    expect(await page.locator('li').allTextContents()).toEqual([
      'Grüße & <b>Küsse</b>',
      'two',
      'three',
    ]);
    expect(await Promise.all(ids)).toEqual([null, '2']);
  });
});
