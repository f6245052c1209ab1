import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeHtml } from '@werkstatt/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openUploads } from './testing/open-uploads.ts';
import { type ServedExample, serveExample } from './testing/serve-example.ts';
import { skipBrowser, useBrowser } from './testing/use-browser.ts';

type Button = 'Upload' | 'Stream';

// What a process has open can be looked at there alone.
const onLinux = process.platform === 'linux';

const tab = useBrowser();
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'werkstatt-test-')));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A file as the report of `upload.ts` has it. */
function file(name: string, filename: string, type: string, content: string | Uint8Array) {
  const { byteLength } = Buffer.from(content);
  return { name, filename, type, size: byteLength, sha256: sha256(content) };
}

/** A file as it is chosen in the browser. */
function chosen(name: string, mimeType: string, content: string | Uint8Array) {
  return { name, mimeType, buffer: Buffer.from(content) };
}

/** Lets the page send so many bytes a second, so that there is a middle of an upload. */
async function slowDown(uploadThroughput: number): Promise<void> {
  const session = await tab.page.context().newCDPSession(tab.page);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
  await session.send('Network.emulateNetworkConditions', conditions);
}

/** Begins to send a form with a file of 8 MB by `fetch`; `upload` in the page is what becomes of it. */
async function beginUpload(path: string): Promise<void> {
  await tab.page.evaluate(`{
    const form = new FormData();
    form.append('file', new File([new Uint8Array(8_000_000)], 'large.bin'));
    var leaving = new AbortController();
    var upload = fetch(${JSON.stringify(path)}, { method: 'POST', body: form, signal: leaving.signal })
      .then((response) => response.status, (error) => error.name);
  }`);
}

describe('upload.ts', () => {
  let served: ServedExample;

  beforeAll(async () => {
    served = await serveExample('upload.ts', { env: { TMPDIR: folder } });
  });

  afterAll(async () => {
    await served.interrupt();
  });

  const post = (
    path: string,
    body: string | URLSearchParams,
    headers: Record<string, string> = {},
  ) => fetch(`${served.url}${path}`, { method: 'POST', body, headers });

  /** Submits the form of the page, and gives what is answered to one who wants JSON. */
  async function submit(button: Button): Promise<unknown> {
    await tab.page.route(/upload|stream/, (route) =>
      route.continue({ headers: { ...route.request().headers(), accept: 'application/json' } }),
    );
    const [response] = await Promise.all([
      tab.page.waitForResponse((each) => each.request().method() === 'POST'),
      tab.page.getByRole('button', { name: button }).click(),
    ]);
    expect(response.status()).toBe(200);
    return response.json();
  }

  /** Opens a page with a form of one's own. */
  async function openForm(enctype: string, controls: string): Promise<void> {
    await tab.page.goto(served.url);
    await tab.page.setContent(
      `<form action="/upload" method="post" enctype="${enctype}">${controls}
       <button>Upload</button> <button formaction="/stream">Stream</button></form>`,
    );
  }

  /** A field that is not shown. A newline is written so that the page has it as it is. */
  function hidden(name: string, value: string): string {
    const [quotedName, quotedValue] = [name, value].map((text) =>
      escapeHtml(text).replaceAll('\r', '&#13;').replaceAll('\n', '&#10;'),
    );
    return `<input type="hidden" name="${quotedName}" value="${quotedValue}">`;
  }

  function leftOver() {
    return openUploads(served.pid, folder);
  }

  describe.skipIf(skipBrowser)('in a browser', () => {
    it('shows what arrived, and hands nothing of it to the page as markup', async () => {
      await tab.page.goto(served.url);
      await tab.page.getByLabel('Title').fill('<b>"Grüße"</b> & 🎈');
      await tab.page.getByLabel('Notes').fill('one\ntwo');
      await tab.page.getByLabel('A file').setInputFiles(chosen('<i>.txt', 'text/plain', 'abc'));
      await tab.page.getByRole('button', { name: 'Upload' }).click();
      expect(await tab.seen('h1')).toBe('This arrived');
      expect(await tab.seen('dl')).toBe('title\n<b>"Grüße"</b> & 🎈\nnotes\none\ntwo');
      expect(await tab.seen('li')).toMatch(
        /^<i>\.txt\s+file · text\/plain · 3 bytes\s+SHA-256 ba78/,
      );
      await tab.page.getByRole('link').click();
      expect(await tab.seen('h1')).toBe('Send something');
    });

    it('has a form that fits a narrow screen, in the dark too', async () => {
      await tab.page.setViewportSize({ width: 320, height: 640 });
      await tab.page.emulateMedia({ colorScheme: 'dark' });
      await tab.page.goto(served.url);
      expect(
        await tab.page.evaluate(
          `[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]`,
        ),
      ).toEqual([320, 'rgb(22, 24, 23)']);
    });

    it.each<Button>(['Upload', 'Stream'])('takes text as it was written (%s)', async (button) => {
      await tab.page.goto(served.url);
      await tab.page
        .getByLabel('Title')
        .fill(`Grüße "an" 'alle'; a=b & 100%25 \\ 日本 🎈 --\u00a0`);
      await tab.page.getByLabel('Notes').fill('one\ntwo\n\n--three\n');
      expect(await submit(button)).toEqual({
        fields: [
          { name: 'title', value: `Grüße "an" 'alle'; a=b & 100%25 \\ 日本 🎈 --\u00a0` },
          // Browsers send every newline as CRLF.
          { name: 'notes', value: 'one\r\ntwo\r\n\r\n--three\r\n' },
        ],
        files: [],
      });
    });

    it.each<Button>(['Upload', 'Stream'])('takes one file and several (%s)', async (button) => {
      const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]);
      const text = '\r\n--\r\n'.repeat(20_000);
      await tab.page.goto(served.url);
      await tab.page.getByLabel('A file').setInputFiles(chosen('empty', '', ''));
      await tab.page
        .getByLabel('Several files')
        .setInputFiles([
          chosen('a.png', 'image/png', png),
          chosen('b.txt', 'text/plain', text),
          chosen('a.png', 'image/png', ''),
        ]);
      expect(await submit(button)).toMatchObject({
        files: [
          file('file', 'empty', 'application/octet-stream', ''),
          file('files', 'a.png', 'image/png', png),
          file('files', 'b.txt', 'text/plain', text),
          file('files', 'a.png', 'image/png', ''),
        ],
      });
    });

    it.each<Button>(['Upload', 'Stream'])('takes names of every kind (%s)', async (button) => {
      const names = [
        'Übergröße.txt',
        'U\u0308.txt',
        '日本語.txt',
        '🎈 family 👩‍👩‍👧.txt',
        'a "quoted" name.txt',
        "it's; filename=other.txt",
        'back\\slash.txt',
        'ends with one\\',
        '.hidden',
        '..',
        'percent %20 %41.txt',
        ' blanks .txt ',
        'constructor',
        '__proto__',
        'a'.repeat(255),
      ];
      await tab.page.goto(served.url);
      await tab.page
        .getByLabel('Several files')
        .setInputFiles(names.map((name) => chosen(name, 'text/plain', name)));
      expect(await submit(button)).toMatchObject({
        files: names.map((name) => file('files', name, 'text/plain', name)),
      });
    });

    const fields = [
      ['ä', 'ö'],
      ['with "quotes"', '"'],
      ["it's; name=other", ';'],
      ['a&b=c+d', '&=+ %41'],
      ['日本 🎈', '日本 🎈'],
      ['a[]', '1'],
      ['a[]', '2'],
      ['__proto__', 'x'],
      ['back\\slash', '\\'],
      ['ends with one\\', '\\'],
      ['empty', ''],
      ['lines', 'one\r\ntwo\r\n'],
    ] as const;

    it.each([
      ['multipart/form-data', 'Upload'],
      ['multipart/form-data', 'Stream'],
      ['application/x-www-form-urlencoded', 'Upload'],
    ] as const)('has the same fields of a form as %s (%s)', async (enctype, button) => {
      await openForm(enctype, fields.map(([name, value]) => hidden(name, value)).join(''));
      expect(await submit(button)).toEqual({
        fields: fields.map(([name, value]) => ({ name, value })),
        files: [],
      });
    });

    it('takes what a script sends, a Blob without a name too', async () => {
      await tab.page.goto(served.url);
      const report = await tab.page.evaluate(`{
        const form = new FormData();
        form.append('text', 'one\\ntwo');
        form.append('blob', new Blob(['abc'], { type: 'text/css' }));
        form.append('blob', new Blob(['abc']), 'näme "x"');
        fetch('/upload', { method: 'POST', body: form, headers: { Accept: 'application/json' } })
          .then((response) => response.json());
      }`);
      expect(report).toEqual({
        fields: [{ name: 'text', value: 'one\r\ntwo' }],
        files: [
          file('blob', 'blob', 'text/css', 'abc'),
          file('blob', 'näme "x"', 'application/octet-stream', 'abc'),
        ],
      });
    });

    it.runIf(onLinux).each<Button>(['Upload', 'Stream'])(
      'takes a file of 40 MB, and leaves nothing of it (%s)',
      async (button) => {
        const content = Buffer.alloc(40_000_000, '\r\n------WebKitFormBoundary');
        const own = mkdtempSync(join(tmpdir(), 'werkstatt-test-'));
        try {
          writeFileSync(join(own, 'large.bin'), content);
          await tab.page.goto(served.url);
          await tab.page.getByLabel('A file').setInputFiles(join(own, 'large.bin'));
          expect(await submit(button)).toMatchObject({
            files: [file('file', 'large.bin', 'application/octet-stream', content)],
          });
        } finally {
          rmSync(own, { recursive: true });
        }
        await vi.waitFor(() => expect(leftOver()).toEqual({ names: 0, descriptors: 0 }));
      },
    );

    it.runIf(onLinux)(
      'has an upload under way in a file without a name, which goes when it is aborted',
      async () => {
        await tab.page.goto(served.url);
        await slowDown(1_500_000);
        await beginUpload('/upload');
        await vi.waitFor(() => expect(leftOver()).toEqual({ names: 0, descriptors: 1 }), 10_000);
        await tab.page.evaluate('leaving.abort()');
        expect(await tab.page.evaluate('upload')).toBe('AbortError');
        await vi.waitFor(() => expect(leftOver()).toEqual({ names: 0, descriptors: 0 }), 10_000);
      },
    );

    it.runIf(onLinux)('has the file gone when the browser goes to another page', async () => {
      await tab.page.goto(served.url);
      await slowDown(1_500_000);
      await beginUpload('/upload');
      await vi.waitFor(() => expect(leftOver().descriptors).toBe(1), 10_000);
      await tab.page.goto('about:blank');
      await vi.waitFor(() => expect(leftOver()).toEqual({ names: 0, descriptors: 0 }), 10_000);
    });

    it.runIf(onLinux)('stores nothing of what is streamed', async () => {
      await tab.page.goto(served.url);
      await slowDown(4_000_000);
      await beginUpload('/stream');
      const seen = new Set<number>();
      const ended = tab.page.evaluate('upload').then((status) => ({ status }));
      for (let end: unknown; end === undefined; ) {
        seen.add(leftOver().descriptors);
        end = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
      }
      expect(await ended).toEqual({ status: 200 });
      expect([...seen]).toEqual([0]);
    });
  });

  it('says what is wrong with a body, as a page or as JSON', async () => {
    const type = { 'Content-Type': 'multipart/form-data' };
    const page = await post('/upload', 'x', { ...type, Accept: 'text/html' });
    expect(page.status).toBe(400);
    expect(await page.text()).toMatch(
      /<h1>400 Bad Request<\/h1>\n<p>The form data has no boundary/,
    );
    const problem = await post('/upload', 'x', { ...type, Accept: 'application/json' });
    expect(problem.status).toBe(400);
    expect(await problem.json()).toMatchObject({ title: 'Bad Request', status: 400 });
  });

  it('refuses more than 8 GiB before any of it is read', async () => {
    const options = { method: 'POST', headers: { 'Content-Length': String(8 * 1024 ** 3 + 1) } };
    for (const path of ['/upload', '/stream']) {
      const request = httpRequest(`${served.url}${path}`, options);
      request.setHeader('Content-Type', 'multipart/form-data; boundary=x').flushHeaders();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode, path).toBe(413);
      request.destroy();
    }
  });

  it('knows nothing of other paths, methods and types', async () => {
    expect((await fetch(`${served.url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${served.url}/upload`)).status).toBe(405);
    expect((await post('/stream', new URLSearchParams({ a: 'b' }))).status).toBe(415);
  });

  it('has no errors in its log after all that', () => {
    expect(served.output()).not.toMatch(/Error|^ +at /m);
  });
});

describe.runIf(onLinux)('an upload that can not be taken', () => {
  let served: ServedExample;

  beforeAll(async () => {
    served = await serveExample('testing/strict-uploads.ts', { env: { TMPDIR: folder } });
  });

  afterAll(async () => {
    await served.interrupt();
  });

  const leftOver = () => openUploads(served.pid, folder);

  /** What exceeds the limit of each path. */
  const excess = {
    '/content': `form.append('file', new File([new Uint8Array(4_000_000)], 'x'));`,
    '/count': `for (let i = 0; i < 3; i++) form.append('a', 'b');
      form.append('file', new File([new Uint8Array(4_000_000)], 'x'));`,
    '/memory': `form.append('a', 'b'.repeat(2_000));
      form.append('file', new File([new Uint8Array(4_000_000)], 'x'));`,
  };
  const said = {
    '/content': /has 4000\d+ bytes, and 1000000 are allowed/,
    '/count': /more than 3 parts/,
    '/memory': /more than (the )?1000 bytes/,
  };
  const paths = ['/content', '/count', '/memory'] as const;
  const cases = paths.flatMap((path) => [[path, ''] as const, [path, '?parts'] as const]);

  describe.skipIf(skipBrowser)('in a browser', () => {
    it.each(cases)('is answered 413, and a script reads why (%s%s)', async (path, query) => {
      await tab.page.goto(served.url);
      const [status, text] = (await tab.page.evaluate(`{
        const form = new FormData();
        ${excess[path]}
        fetch('${path}${query}', { method: 'POST', body: form })
          .then(async (response) => [response.status, await response.text()]);
      }`)) as [number, string];
      expect(status).toBe(413);
      expect(text).toMatch(said[path]);
      await vi.waitFor(() => expect(leftOver()).toEqual({ names: 0, descriptors: 0 }));
    });

    it('is shown as 413 to a person, who sees no error of the network', async () => {
      await tab.page.goto(served.url);
      await tab.page.setContent(
        '<form action="/content" method="post" enctype="multipart/form-data">' +
          '<input type="file" name="file"> <button>Send</button></form>',
      );
      const large = chosen('large.bin', '', Buffer.alloc(20_000_000));
      await tab.page.locator('input').setInputFiles(large);
      await tab.page.getByRole('button', { name: 'Send' }).click();
      await tab.page.waitForURL(`${served.url}/content`);
      expect(await tab.seen('h1')).toBe('Content Too Large');
      expect(await tab.seen('p')).toMatch(/^The form has 2000\d+ bytes, and 1000000 are allowed/);
    });

    it('is answered 413 also where the browser sends for longer than the server listens', async () => {
      await tab.page.goto(served.url);
      await slowDown(1_500_000);
      await beginUpload('/content');
      expect(await tab.page.evaluate('upload')).toBe(413);
    });

    it('leaves nothing behind when its handler fails', async () => {
      await tab.page.goto(served.url);
      await beginUpload('/throws');
      expect(await tab.page.evaluate('upload')).toBe(500);
      expect(leftOver()).toEqual({ names: 0, descriptors: 0 });
      await vi.waitFor(() =>
        expect(served.output()).toContain('This handler fails with files in its hands.'),
      );
    });
  });

  it.each(['', '?parts'])(
    'is answered 413 in its middle when its length is not known (%s)',
    async (query) => {
      const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
      const request = httpRequest(`${served.url}/content${query}`, { method: 'POST', headers });
      request.write('--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n');
      request.write(Buffer.alloc(900_000));
      if (query === '') await vi.waitFor(() => expect(leftOver().descriptors).toBe(1));
      const answered = once(request, 'response');
      request.write(Buffer.alloc(200_000));
      const [response] = (await answered) as [IncomingMessage];
      expect(response.statusCode).toBe(413);
      request.destroy();
      await vi.waitFor(() => expect(leftOver()).toEqual({ names: 0, descriptors: 0 }));
    },
  );
});
