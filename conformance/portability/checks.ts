/**
 * What is checked wherever there is no Node. This module and all that it imports are bundled into
 * one script, and run in a bare context and in a browser; nothing here may know which it is.
 */
import { generateEtag } from '@werkstatt/core';
import { decodeRequestBody, Request, Response, streamBody } from '@werkstatt/wrappers';

/** Each check gives what it found, as plain data; the tests know what that has to be. */
export const CHECKS = {
  url() {
    const { method, url, path, args, environ } = get('https://x.example/a%20b?c=%C3%A4');
    const scheme = environ['gateway.url_scheme'];
    return { method, url, path, c: args.get('c'), scheme };
  },

  async multipartForm() {
    const body = new FormData();
    body.append('name', 'Jürgen Müller');
    body.append('one', new File(['Grüße'], 'ä "1".txt', { type: 'text/x' }));
    body.append('many', new File([new Uint8Array(2_000_000)], 'large.bin'));
    body.append('many', new File([], 'empty'));
    const request = post(body);
    const [form, files] = [await request.form(), await request.files()];
    const large = files.getlist('many').map((file) => [file.filename, file.size]);
    const one = files.getItem('one');
    const text = await one.text();
    await request.close();
    return { name: form.get('name'), one: [one.filename, one.mimetype, text], large };
  },

  async urlencodedForm() {
    const form = await post(new URLSearchParams({ a: 'ä&', b: '' })).form();
    return form.toDict();
  },

  async json() {
    const request = Request.fromValues({ method: 'POST', path: '/j', json: { a: ['ä'] } });
    return { direct: await request.json(), platform: await request.toFetch().json() };
  },

  async response() {
    const response = Response.json({ a: 'ä' }, { status: 201, headers: { 'X-A': '1' } });
    const fetched = response.toFetch();
    const { status, headers } = fetched;
    const length = headers.get('Content-Length');
    return { status, a: headers.get('X-A'), length, json: await fetched.json() };
  },

  async stream() {
    const body = streamBody(async (stream) => {
      for (const piece of ['a', 'b', 'c']) await stream.write(piece);
    });
    return Response.fromFetch(new Response(body).toFetch()).text();
  },

  async application() {
    const app = Request.application(async (request) => {
      const { name } = await request.json<{ name: string }>();
      return new Response(`Hello ${name}!`, { status: 299 });
    });
    const { environ } = Request.fromValues({ method: 'POST', json: { name: 'Ada' } });
    const response = await Response.fromApp(app, environ);
    return [response.status, await response.text()];
  },

  async compressed() {
    const text = 'Grüße '.repeat(1000);
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
    const { environ } = Request.fromValues({ method: 'POST', body: packed });
    const bytes = await decodeRequestBody(environ['gateway.input'], 'gzip').read();
    return new TextDecoder().decode(bytes) === text;
  },

  async errors() {
    const app = Request.application((request) => {
      request.args.getItem('missing');
      return new Response();
    });
    const response = await Response.fromApp(app, Request.fromValues().environ);
    return response.statusCode;
  },

  async etag() {
    const response = new Response('text');
    response.addEtag();
    return [generateEtag('text').length, response.headers.get('ETag') !== undefined];
  },

  globals: () => ['process', 'Buffer', 'require', 'global'].filter((name) => name in globalThis),
};

function get(url: string): Request {
  return Request.fromFetch(new globalThis.Request(url));
}

function post(body: FormData | URLSearchParams): Request {
  const init = { method: 'POST', body };
  return Request.fromFetch(new globalThis.Request('https://x.example/a?b=1', init));
}

/** Runs the checks; a name leads to what its check found, or to the text of its error. */
export async function runChecks(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      found[name] = await check();
    } catch (error) {
      found[name] = `${(error as Error).stack ?? error}`;
    }
  }
  return found;
}
