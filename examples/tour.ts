/**
 * A tour of what a request can bring and a response can be: paths, a form, a cookie, an upload, a
 * stream, an error. Run it: `node --import ./tools/source.mjs examples/tour.ts`.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { escapeHtml, type GatewayApp, MethodNotAllowed, NotFound } from '@werkstatt/core';
import { runSimple } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';

function html(title: string, body: string): Response {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui; margin: 2rem }</style>
<h1>${escapeHtml(title)}</h1>
${body}`;
  return new Response(page, { mimetype: 'text/html' });
}

function home(): Response {
  return html(
    'A tour',
    `<ul>
<li><a href="/user/Ada%20Lovelace">Ada Lovelace</a>, <a href="/user/J%C3%BCrgen%20M%C3%BCller">Jürgen Müller</a>
<li><a href="/form">a form</a>
<li><a href="/visits">a cookie that counts</a>
<li><a href="/upload">an upload</a>
<li><a href="/stream">a stream</a>
<li><a href="/boom">an error</a>, <a href="/broken">one half-way</a>
</ul>`,
  );
}

/** The path is decoded already: `%2F` is a separator like any other, so a name has none. */
function user(name: string): Response {
  return html(`Hello ${name}!`, '<p><a href="/">Back</a>');
}

async function form(request: Request): Promise<Response> {
  if (request.method === 'POST') {
    const fields = await request.form();
    return html('Thank you', `<p id="message">${escapeHtml(fields.get('message') ?? '')}</p>`);
  }
  return html(
    'A form',
    '<form method="post"><input name="message" autofocus> <button>Send</button></form>',
  );
}

function visits(request: Request): Response {
  const count = Number(request.cookies.get('visits') ?? 0) + 1 || 1;
  const response = html('Visits', `<p>Your visit number <b id="count">${count}</b>.</p>`);
  response.setCookie('visits', String(count), { maxAge: 86_400, httpOnly: true, sameSite: 'Lax' });
  return response;
}

/** Reads the body chunk by chunk: its size costs time, never memory. */
async function upload(request: Request): Promise<Response> {
  if (request.method === 'POST') {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of request.stream) {
      hash.update(chunk);
      size += chunk.byteLength;
    }
    return new Response(`${size} bytes, SHA-256 ${hash.digest('hex')}\n`);
  }
  return html(
    'An upload',
    `<input type="file" id="file"> <output id="result"></output>
<script>
document.getElementById('file').onchange = async ({ target }) => {
  const response = await fetch('/upload', { method: 'POST', body: target.files[0] });
  document.getElementById('result').textContent = await response.text();
};
</script>`,
  );
}

function stream(): Response {
  async function* lines(): AsyncGenerator<string> {
    yield '<!doctype html><title>A stream</title><h1>A stream</h1>\n';
    for (let number = 1; number <= 5; number++) {
      yield `<p class="piece">Piece ${number}</p>\n`;
      await sleep(400);
    }
    yield '<p id="end">That was all.</p>\n';
  }
  return new Response(lines(), { mimetype: 'text/html' });
}

function boom(): never {
  throw new Error('This page always fails.', { cause: new RangeError('and this is why') });
}

/** Fails too late for an error page: the server breaks the answer off, and the browser notices. */
function broken(): Response {
  async function* pieces(): AsyncGenerator<string> {
    yield '<!doctype html><title>Broken</title><p>The first half, and then';
    await sleep(100);
    throw new Error('This page fails half-way.');
  }
  return new Response(pieces(), { mimetype: 'text/html' });
}

export const application: GatewayApp = Request.application((request) => {
  const { path } = request;
  if (path === '/form' || path === '/upload') {
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) throw new MethodNotAllowed();
    return path === '/form' ? form(request) : upload(request);
  }
  const [, name] = /^\/user\/([^/]+)$/.exec(path) ?? [];
  if (name !== undefined) return user(name);
  switch (path) {
    case '/':
      return home();
    case '/visits':
      return visits(request);
    case '/stream':
      return stream();
    case '/boom':
      return boom();
    case '/broken':
      return broken();
    default:
      throw new NotFound();
  }
});

if (import.meta.main) {
  await runSimple('localhost', 4000, application, { useDebugger: true });
}
