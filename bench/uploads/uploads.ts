/**
 * The memory of servers that take large uploads: `npm run bench:uploads`. `bench/README.md` says what
 * the figures mean.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { oneFile, tinyParts } from './bodies.ts';
import { BUSBOY, FORM, FORM_ALL, FORM_DATA, PARTS } from './contenders.ts';
import { measure } from './measure.ts';
import { postBody } from './post-body.ts';
import { postFile } from './post-file.ts';
import { memoryTable, type Row } from './report.ts';
import type { Workload } from './workload.ts';
import { writeNoise } from './write-noise.ts';

const { values: options } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '300' },
    gibibytes: { type: 'string', default: '4' },
    parts: { type: 'string', default: '1000000' },
  },
});
const [megabytes, gibibytes, parts] = [options.megabytes, options.gibibytes, options.parts].map(
  (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number > 0) return number;
    throw new Error(
      `--megabytes, --gibibytes and --parts take whole numbers above 0, not ${text}.`,
    );
  },
) as [number, number, number];

const code = codeUnderTest(['core', 'wrappers', 'serving']);
const folder = mkdtempSync(join(tmpdir(), 'werkstatt-bench-'));
let browser: Browser | undefined;
try {
  browser = await launchChromium();
  console.log(`Node ${process.versions.node}, Linux ${release()}, Chromium ${browser.version()}`);
  console.log(`${cpus()[0]?.model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`);
  console.log(`Werkstatt from ${code.description}`);
  console.log('Resident memory of the server in MiB\n');
  for (const workload of workloads(browser, join(folder, 'large.bin'))) {
    const rows: Row[] = [];
    for (const contender of workload.contenders) {
      rows.push(await measure(contender, workload, code));
    }
    console.log(`${memoryTable(workload.title, rows)}\n`);
  }
} finally {
  await browser?.close();
  rmSync(folder, { recursive: true });
}

function workloads(browser: Browser, path: string): Workload[] {
  writeNoise(path, megabytes * 1e6);
  const size = gibibytes * 2 ** 30;
  return [
    {
      title: `${megabytes} MB by Chromium`,
      contenders: [FORM, PARTS, BUSBOY, FORM_DATA],
      expected: { parts: 1, bytes: megabytes * 1e6 },
      send: (url) => postFile(browser, url, path),
    },
    {
      title: `${gibibytes} GiB by a socket`,
      contenders: [FORM, PARTS, BUSBOY],
      expected: { parts: 1, bytes: size },
      send: (url) => postBody(url, oneFile(size)),
    },
    {
      title: `${parts} tiny parts`,
      contenders: [FORM, FORM_ALL, PARTS, BUSBOY, FORM_DATA],
      expected: { parts, bytes: 0 },
      send: (url) => postBody(url, tinyParts(parts)),
    },
  ];
}
