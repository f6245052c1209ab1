import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BaseGatewayServer, makeServer } from '@werkstatt/serving';
import { Request } from '@werkstatt/wrappers';
import { sendFromDirectory } from '@werkstatt/wrappers/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, byteranges, curl } from './curl.ts';
import { type Nginx, nginxPath, startNginx } from './nginx.ts';
import { DIFFERENT, type FileRequest, MODIFIED, SAME } from './requests.ts';

// Where tests have to be complete, a missing program is a failure.
const isMissing = !existsSync(nginxPath) || !hasCurl();
const skip = isMissing && process.env['CI'] === undefined;
if (skip) {
  console.warn(
    `SKIPPED: files are compared with those of nginx, which needs curl, and nginx at ${nginxPath}. ` +
      'Install them (on Debian: apt-get install nginx curl) or set NGINX_PATH.',
  );
}

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'ten.txt': '0123456789',
  'empty.txt': '',
  'large.bin': Buffer.alloc(300_000, 'abcdefghijk'),
  'page.html': '<p>Hello!'.repeat(500),
  'page.html.gz': gzipSync('<p>Hello!'.repeat(500)),
};

let root: string;
let nginx: Nginx;
let server: BaseGatewayServer;
let oursUrl: string;

beforeAll(async () => {
  if (skip) return;
  root = mkdtempSync(join(tmpdir(), 'werkstatt-served-'));
  const modified = new Date(MODIFIED);
  for (const [name, content] of Object.entries(FILES)) {
    writeFileSync(join(root, name), content);
    utimesSync(join(root, name), modified, modified);
  }
  nginx = await startNginx(root);
  const app = Request.application(({ environ }) =>
    sendFromDirectory(root, environ.PATH_INFO.slice(1), environ, { precompressed: ['gzip'] }),
  );
  server = makeServer({ host: '127.0.0.1', port: 0, app });
  await server.listen();
  oursUrl = `http://127.0.0.1:${server.port}`;
});

afterAll(async () => {
  await nginx?.stop();
  await server?.close();
  if (root !== undefined) rmSync(root, { recursive: true });
});

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** Asks a server, with the entity tag that it gives itself. */
async function ask(serverUrl: string, request: FileRequest): Promise<Answer> {
  const url = serverUrl + (request.path ?? '/ten.txt');
  if (!request.options.some((option) => option.includes('{etag}'))) {
    return curl(url, request.options);
  }
  const etag = (await curl(url)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[^"]+"$/);
  return curl(
    url,
    request.options.map((option) => option.replace('{etag}', etag)),
  );
}

/** What both servers have to say in the same way; errors have pages of their own. */
function factsOf(answer: Answer): Record<string, unknown> {
  const { status, headers } = answer;
  const facts = { status, range: headers.get('content-range') };
  if (status >= 300) return facts;
  const common = {
    ...facts,
    hasTag: headers.has('etag'),
    lastModified: headers.get('last-modified'),
    encoding: headers.get('content-encoding'),
  };
  const type = headers.get('content-type');
  // Boundaries have different lengths.
  if (type?.startsWith('multipart/byteranges')) return { ...common, parts: byteranges(answer) };
  const body = answer.body.toString('latin1');
  return { ...common, type, length: headers.get('content-length'), body };
}

describe.skipIf(skip)('files are served as by nginx', () => {
  for (const request of SAME) {
    it(`for ${request.name}`, async () => {
      const [theirs, ours] = await Promise.all([ask(nginx.url, request), ask(oursUrl, request)]);
      expect(factsOf(ours)).toEqual(factsOf(theirs));
      const length = ours.headers.get('content-length');
      if (ours.status === 206 && ours.body.length > 0) expect(length).toBe(`${ours.body.length}`);
    });
  }
});

describe.skipIf(skip)('files are served otherwise than by nginx', () => {
  for (const request of DIFFERENT) {
    it(`for ${request.name}, since ${request.reason}`, async () => {
      const [theirs, ours] = await Promise.all([ask(nginx.url, request), ask(oursUrl, request)]);
      expect({ nginx: theirs.status, ours: ours.status }).toEqual(request.status);
    });
  }

  it('in that every answer says that ranges are served (RFC 9110 section 14.3)', async () => {
    const request = { name: '', options: ['-r', '0-1'] };
    expect((await ask(nginx.url, request)).headers.has('accept-ranges')).toBe(false);
    expect((await ask(oursUrl, request)).headers.get('accept-ranges')).toBe('bytes');
  });

  it('in that a 304 leaves out what the cache knows (RFC 9110 section 15.4.5)', async () => {
    const request = { name: '', options: ['-H', 'If-None-Match: {etag}'] };
    expect((await ask(nginx.url, request)).headers.has('last-modified')).toBe(true);
    expect((await ask(oursUrl, request)).headers.has('last-modified')).toBe(false);
  });

  it('in that Vary tells of encoded copies before there are any (RFC 9110 section 12.5.5)', async () => {
    const request = { name: '', options: [] };
    expect((await ask(nginx.url, request)).headers.has('vary')).toBe(false);
    expect((await ask(oursUrl, request)).headers.get('vary')).toBe('Accept-Encoding');
  });
});
