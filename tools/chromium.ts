import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Chromium is looked for: `CHROMIUM_PATH`, else where Debian puts it. */
export const chromiumPath: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Whether there is one. */
export const hasChromium: boolean = existsSync(chromiumPath);

/** What to do where there is none. */
export const CHROMIUM_ADVICE: string =
  `there is no Chromium at ${chromiumPath}. ` +
  'Install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH.';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium without a window, and with nothing that asks the network on its own.
 *
 * @throws Error when there is none, or it doesn't start.
 */
export async function launchChromium(): Promise<Browser> {
  if (!hasChromium) throw new Error(`A browser is needed, and ${CHROMIUM_ADVICE}`);
  return chromium.launch({ executablePath: chromiumPath, args: QUIET });
}
