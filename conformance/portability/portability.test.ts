import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ADVICE, hasChromium, launchChromium } from '../../tools/chromium.ts';
import { BareContext } from './bare-context.ts';
import { type Bundle, bundleChecks, GLOBAL_NAME } from './bundle.ts';
import { FINDINGS } from './findings.ts';

// Where tests have to be complete, a missing browser is a failure.
const skip = !hasChromium && process.env['CI'] === undefined;
if (skip) console.warn(`SKIPPED: portability in a browser, for ${CHROMIUM_ADVICE}`);

const RUN = `${GLOBAL_NAME}.runChecks().then((found) => JSON.stringify(found))`;

let bundle: Bundle;

beforeAll(async () => {
  bundle = await bundleChecks();
});

describe('the main entries of core and wrappers', () => {
  it('bundle for a runtime without Node, with the neutral platform', () => {
    expect(bundle.files).toContain('packages/core/src/platform-neutral.ts');
    expect(bundle.files).toContain('packages/wrappers/src/platform-neutral.ts');
    expect(bundle.files.filter((file) => file.includes('/src/node'))).toEqual([]);
    expect(bundle.script).not.toMatch(/\bnode:|getBuiltinModule/);
  });

  it('work where there is the web and nothing else', async () => {
    const context = new BareContext();
    context.run(bundle.script);
    expect(JSON.parse((await context.run(RUN)) as string)).toEqual(FINDINGS);
  });

  it.skipIf(skip)('work in a browser', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.route('**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>.</title>' }),
      );
      await page.goto('https://portability.example/');
      await page.addScriptTag({ content: bundle.script });
      expect(JSON.parse((await page.evaluate(RUN)) as string)).toEqual(FINDINGS);
    } finally {
      await browser.close();
    }
  });
});

it('a bundle that needs Node is refused', async () => {
  const stdin = { contents: "import 'node:fs';", resolveDir: import.meta.dirname };
  const built = build({
    stdin,
    bundle: true,
    write: false,
    platform: 'neutral',
    logLevel: 'silent',
  });
  await expect(built).rejects.toThrow(/node:fs/);
});
