/**
 * Uploads in two ways: as a whole form, whose large files wait on the disk, and part by part, with
 * nothing kept. Run it: `node --import ./tools/source.mjs examples/upload.ts`, open the page, or
 * `curl --form file=@picture.jpg --header 'Accept: application/json' localhost:4000/stream`.
 */
import { createHash } from 'node:crypto';
import {
  escapeHtml,
  type GatewayApp,
  HTTPException,
  MethodNotAllowed,
  NotFound,
} from '@werkstatt/core';
import { runSimple } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';

/** Takes more than the 512 MiB that a body can have otherwise; all other limits stay. */
class UploadRequest extends Request {
  static override maxContentLength: number = 8 * 1024 ** 3;
}

interface Field {
  name: string;
  value: string;
}

interface UploadedFile {
  /** The field's name. */
  name: string;
  filename: string;
  type: string;
  size: number;
  sha256: string;
}

interface Report {
  fields: Field[];
  files: UploadedFile[];
}

/** Reads chunk by chunk: a file on the disk and a part on its way are the same here. */
async function measure(content: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Has the whole form first. Its files are gone when the request ends, unless they are saved. */
async function readForm(request: Request): Promise<Report> {
  const fields = Array.from(await request.form(), ([name, value]) => ({ name, value }));
  const files: UploadedFile[] = [];
  for (const [name, file] of await request.files()) {
    if (!file.hasFile) continue; // a browser sends the field all the same
    const { filename, contentType } = file;
    files.push({ name, filename: filename!, type: contentType ?? '', ...(await measure(file)) });
  }
  return { fields, files };
}

/** Has each part as it arrives, in the order of the form; the client waits meanwhile. */
async function readParts(request: Request): Promise<Report> {
  const report: Report = { fields: [], files: [] };
  for await (const part of request.parts()) {
    const { name, filename, contentType: type = '' } = part;
    if (filename === undefined) report.fields.push({ name, value: await part.text() });
    else if (filename) report.files.push({ name, filename, type, ...(await measure(part)) });
  }
  return report;
}

async function answer(request: Request): Promise<Response> {
  const { path } = request;
  if (path === '/') return home();
  if (path !== '/upload' && path !== '/stream') throw new NotFound();
  if (request.method !== 'POST') throw new MethodNotAllowed(undefined, { validMethods: ['POST'] });
  const report = await (path === '/upload' ? readForm(request) : readParts(request));
  return wantsPage(request) ? show(report) : Response.json(report);
}

function wantsPage({ acceptMimetypes }: Request): boolean {
  return acceptMimetypes.bestMatch(['text/html', 'application/json']) !== 'application/json';
}

export const application: GatewayApp = UploadRequest.application(async (request) => {
  try {
    return await answer(request);
  } catch (error) {
    // Thrown on, it becomes an answer as well: JSON for those who want that.
    if (error instanceof HTTPException && wantsPage(request)) return showError(error);
    throw error;
  }
});

function html(title: string, body: string, status = 200): Response {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>`;
  return new Response(page, { mimetype: 'text/html', status });
}

function home(): Response {
  return html(
    'Send something',
    `<p>Text and files of up to 8 GiB. You get back what arrived; nothing is kept.</p>
<form action="/upload" method="post" enctype="multipart/form-data">
<div><label for="title">Title</label><input id="title" name="title" autocomplete="off"></div>
<div><label for="notes">Notes</label><textarea id="notes" name="notes" rows="3"></textarea></div>
<div><label for="file">A file</label><input id="file" name="file" type="file"></div>
<div><label for="files">Several files</label>
<input id="files" name="files" type="file" multiple aria-describedby="files-hint">
<p class="hint" id="files-hint">Choose them together, or drop them here.</p></div>
<div><div class="buttons"><button>Upload</button>
<button formaction="/stream" aria-describedby="stream-hint">Stream</button></div>
<p class="hint" id="stream-hint">Streamed, files are read as they arrive, and never stored.</p></div>
</form>`,
  );
}

const numbers = new Intl.NumberFormat('en');

function showField({ name, value }: Field): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`;
}

function showFile({ name, filename, type, size, sha256 }: UploadedFile): string {
  const facts = [name, type || 'of no type', `${numbers.format(size)} bytes`].join(' · ');
  return `<li class="file"><strong>${escapeHtml(filename)}</strong>
<p class="hint">${escapeHtml(facts)}</p><code>SHA-256 ${sha256}</code></li>`;
}

function show({ fields, files }: Report): Response {
  return html(
    'This arrived',
    `<h2>Text</h2>
${fields.length > 0 ? `<dl>${fields.map(showField).join('\n')}</dl>` : '<p>None.</p>'}
<h2>Files</h2>
${files.length > 0 ? `<ul>${files.map(showFile).join('\n')}</ul>` : '<p>None.</p>'}
<p><a href="/">Send something else</a></p>`,
  );
}

/** An error that has an answer, such as 413 above a limit, on a page like the others. */
function showError({ code, reason, description }: HTTPException): Response {
  const text = `<p>${escapeHtml(description)}</p><p><a href="/">Back to the form</a></p>`;
  return html(`${code} ${reason}`, text, code);
}

const style = `
:root { color-scheme: light dark; accent-color: #2f6f4f;
  --line: light-dark(#8d948f, #666d68); --raised: light-dark(#f6f7f4, #1e211f);
  --quiet: light-dark(#5b625d, #a3aaa5); --accent: light-dark(#2f6f4f, #8fd0ae) }
* { box-sizing: border-box }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem;
  background: light-dark(#fff, #161817); color: light-dark(#1b1f1c, #e6e9e6) }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
p { margin: 0 0 1rem } .hint { color: var(--quiet); font-size: .875rem; margin: .2rem 0 0 }
a { color: var(--accent) }
form { display: grid; gap: 1.25rem; margin-top: 1.75rem }
label { display: block; font-weight: 600; margin-bottom: .25rem }
input, textarea { width: 100%; font: inherit; color: inherit; background: var(--raised);
  border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem }
input[type=file] { border-style: dashed; padding: .9rem .75rem }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem }
::file-selector-button { font: inherit; margin-right: .75rem; cursor: pointer }
button { font: inherit; font-weight: 600; padding: .55rem 1.1rem; border-radius: .5rem; cursor: pointer;
  border: 1px solid var(--accent); color: var(--accent); background: none }
button:first-child { background: var(--accent); color: light-dark(#fff, #10201a) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
dl, .file { background: var(--raised); border: 1px solid var(--line); border-radius: .5rem;
  padding: .75rem 1rem; margin: 0 0 .75rem }
dt { color: var(--quiet); font-size: .875rem } dd { margin: 0 0 .5rem; white-space: pre-wrap }
dd:last-child { margin: 0 } dd, .file { overflow-wrap: anywhere }
ul { list-style: none; padding: 0; margin: 0 }
code { display: block; font-size: .8rem; color: var(--quiet) }`;

if (import.meta.main) {
  await runSimple('localhost', 4000, application);
}
