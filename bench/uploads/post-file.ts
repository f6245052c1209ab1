import type { Browser } from 'playwright-core';
import type { Answer } from './workload.ts';

/** Has a browser open the page of a server, choose a file there, and send it. */
export async function postFile(browser: Browser, url: string, path: string): Promise<Answer> {
  const page = await browser.newPage();
  try {
    page.setDefaultTimeout(300_000);
    await page.goto(url);
    await page.locator('input').setInputFiles(path);
    const [response] = await Promise.all([
      page.waitForResponse((each) => each.request().method() === 'POST'),
      page.getByRole('button', { name: 'Send' }).click(),
    ]);
    return { status: response.status(), text: await response.text() };
  } finally {
    await page.close();
  }
}
