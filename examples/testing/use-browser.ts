import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { CHROMIUM_ADVICE, hasChromium, launchChromium } from '../../tools/chromium.ts';

/** Whether tests in a browser are left out. Where tests have to be complete, none is a failure. */
export const skipBrowser: boolean = !hasChromium && process.env['CI'] === undefined;
if (skipBrowser) console.warn(`SKIPPED: the tests in a browser, for ${CHROMIUM_ADVICE}`);

/** What a test has of the browser. */
export interface Tab {
  /** A page without cookies and cache, new for each test. */
  readonly page: Page;
  /** What the page's console calls an error. */
  readonly complaints: readonly string[];
  /** The text that a person sees in the first such element, once there is one. */
  seen(selector: string): Promise<string>;
}

/** Has a browser for the tests of a file, and a new page in it for each. */
export function useBrowser(): Tab {
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    if (!skipBrowser) browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    if (browser === undefined) return;
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

  return {
    get page() {
      return page;
    },
    get complaints() {
      return complaints;
    },
    // biome-ignore lint/performance/useDomNodeTextContent: what is rendered is the point here.
    seen: (selector) => page.locator(selector).first().innerText(),
  };
}
