import { type GatewayApp, Headers, HTTPException, NotFound } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { bytes, serve, testEnviron } from '../testing/environ.ts';
import { Response } from './response.ts';

class Page extends Response {
  get title(): string {
    return `page ${this.statusCode}`;
  }
}

const app: GatewayApp = (environ, startResponse) => {
  startResponse('201 Made', [['X-Path', environ.PATH_INFO]]);
  return [bytes('made')];
};

describe('Response.html and Response.text', () => {
  it('have their media types, unless another is given', () => {
    expect(Response.html('<p>', { status: 201 }).contentType).toBe('text/html; charset=utf-8');
    class Html extends Response {
      static override defaultMimetype = 'text/html';
    }
    expect(Html.text('a')).toBeInstanceOf(Html);
    expect(Html.text('a').contentType).toBe('text/plain; charset=utf-8');
    expect(Response.html('<a/>', { mimetype: 'application/xhtml+xml' }).mimetype).toBe(
      'application/xhtml+xml',
    );
  });
});

describe('Response.json', () => {
  it('keeps a Content-Type and a media type that are given', () => {
    const contentType = 'application/problem+json';
    const headers = { 'content-type': contentType };
    expect(Response.json({}, { headers }).contentType).toBe(contentType);
    expect(Response.json({}, { headers: new Headers(headers) }).contentType).toBe(contentType);
    expect(Response.json({}, { mimetype: contentType }).contentType).toBe(contentType);
    expect(Response.json({}, { headers: { 'X-A': '1' } }).contentType).toBe('application/json');
    expect(Response.json({}, { mimetype: undefined }).contentType).toBe('application/json');
  });
});

describe('getJson', () => {
  it('reads what is said to be JSON', async () => {
    const response = Response.json({ a: [1] });
    expect(response.isJson).toBe(true);
    expect(await response.getJson()).toEqual({ a: [1] });
    expect(new Response('', { mimetype: 'application/problem+json' }).isJson).toBe(true);
    expect(new Response('', { mimetype: 'text/json' }).isJson).toBe(false);
  });

  it('is null for another type, unless it is forced', async () => {
    const response = new Response('[1]');
    expect(await response.getJson()).toBeNull();
    expect(await response.getJson({ force: true })).toEqual([1]);
  });

  it('throws for what is none, unless it is to be silent', async () => {
    const response = new Response('[', { mimetype: 'application/json' });
    await expect(response.getJson()).rejects.toThrow(SyntaxError);
    expect(await response.getJson({ silent: true })).toBeNull();
    const consumed = new Response(new Set(['[']), { mimetype: 'application/json' });
    await serve(consumed);
    await expect(consumed.getJson({ silent: true })).rejects.toThrow(BodyConsumedError);
  });
});

describe('the entity tag', () => {
  it('is set with its quotes, and read without', () => {
    const response = new Response();
    expect(response.getEtag()).toBeUndefined();
    response.setEtag('abc');
    expect(response.headers.get('ETag')).toBe('"abc"');
    response.setEtag('w', true);
    expect(response.getEtag()).toEqual(['w', true]);
  });

  it('is made of the body', () => {
    const [one, same, other] = [new Response('a'), new Response(['a']), new Response('b')];
    for (const response of [one, same, other]) response!.addEtag();
    expect(one!.getEtag()).toEqual(same!.getEtag());
    expect(one!.getEtag()).not.toEqual(other!.getEtag());
  });

  it('stays if there is one, unless it is to be overwritten', () => {
    const response = new Response('a');
    response.setEtag('abc');
    response.addEtag();
    expect(response.getEtag()).toEqual(['abc', false]);
    response.addEtag({ overwrite: true, weak: true });
    expect(response.getEtag()).toEqual([expect.not.stringMatching('abc'), true]);
  });
});

describe('freeze', () => {
  it('makes a response that can be sent again, with length and tag', async () => {
    const response = new Response(ReadableStream.from(['a', 'b']));
    await response.freeze();
    expect(response.isSequence).toBe(true);
    expect(response.contentLength).toBe(2);
    expect(response.getEtag()).toBeDefined();
    expect((await serve(response)).text + (await serve(response)).text).toBe('abab');
  });
});

describe('makeConditional', () => {
  it('answers a condition', async () => {
    const response = new Response('abc');
    response.setEtag('x');
    const headers = { 'If-None-Match': '"x"' };
    expect(response.makeConditional(testEnviron({ headers }))).toBe(response);
    expect((await serve(response)).status).toBe('304 Not Modified');
  });

  it('answers a range', async () => {
    const response = new Response('abcdef');
    const environ = testEnviron({ headers: { Range: 'bytes=1-3' } });
    response.makeConditional(environ, { acceptRanges: true, completeLength: 6 });
    expect(await serve(response)).toMatchObject({ status: '206 Partial Content', text: 'bcd' });
  });
});

describe('withHeaders', () => {
  it('makes a new response and leaves the old one alone', async () => {
    const shared = new Page('a', { status: 404, headers: { 'X-A': '1', 'X-B': '2' } });
    const changed = shared.withHeaders({ 'X-A': '3', 'X-C': ['4', '5'] });
    expect(changed).toBeInstanceOf(Page);
    expect(changed.title).toBe('page 404');
    expect(changed.headers.getlist('X-C')).toEqual(['4', '5']);
    expect((await serve(changed)).headers).toMatchObject({ 'X-A': '3', 'X-B': '2' });
    expect((await serve(shared)).headers).toEqual({
      'X-A': '1',
      'X-B': '2',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': '1',
    });
  });

  it('adds to a shared response for any number of requests', async () => {
    const shared = new Response('a');
    for (const id of ['1', '2']) {
      const { text, headers } = await serve(shared.withHeaders({ 'X-Id': id }));
      expect([text, headers['X-Id'], headers['Content-Length']]).toEqual(['a', id, '1']);
    }
    expect(shared.headers.has('X-Id')).toBe(false);
  });

  it('takes a stream over, and its end', async () => {
    const cancel = vi.fn();
    const closed = vi.fn();
    const response = new Response(new ReadableStream({ cancel }));
    response.callOnClose(closed);
    const changed = response.withHeaders({ 'X-A': '1' });
    await expect(serve(response)).rejects.toThrow(BodyConsumedError);
    await serve(changed, { method: 'HEAD' });
    expect(cancel).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledOnce();
  });

  it('takes what is set for a response over', () => {
    const response = new Response(['a']);
    response.automaticallySetContentLength = false;
    response.contentType = undefined;
    const changed = response.withHeaders({ 'X-A': '1' });
    expect(changed.automaticallySetContentLength).toBe(false);
    expect(changed.contentType).toBeUndefined();
  });
});

describe('forceType', () => {
  it('leaves a response of the class as it is', async () => {
    const page = new Page('a');
    expect(Page.forceType(page)).toBe(page);
    expect(Response.forceType(page)).toBe(page);
    expect(await Page.forceType(page, testEnviron())).toBe(page);
  });

  it('makes another response one of the class', async () => {
    const headers = new Headers({ 'X-A': '1' });
    const page = Page.forceType(new Response(new Set(['a']), { status: 404, headers }));
    expect(page.title).toBe('page 404');
    expect(page.headers).toBe(headers);
    expect((await serve(page)).text).toBe('a');
  });

  it('runs an application, or an exception, with an environ', async () => {
    const page = await Page.forceType(app, testEnviron({ path: '/p' }));
    expect(page).toBeInstanceOf(Page);
    expect(page.status).toBe('201 Made');
    expect([...page.headers]).toEqual([['X-Path', '/p']]);
    expect(await page.text()).toBe('made');
    const missing = await Page.forceType(new NotFound('gone'), testEnviron());
    expect(missing.statusCode).toBe(404);
    expect(await missing.text()).toContain('gone');
  });

  it('takes the response of an exception that has one', async () => {
    const page = new Page('a', { status: 403 });
    const exception = new HTTPException('', { response: page });
    expect(await Page.forceType(exception, testEnviron())).toBe(page);
  });

  it('says that an application needs an environ', () => {
    expect(() => Response.forceType(app as never)).toThrow(/give forceType\(\) an environ/);
  });
});

describe('fromApp, fromFetch and toFetch', () => {
  it('make responses of the class', async () => {
    const page = await Page.fromApp(app, testEnviron());
    expect([page.title, await page.text()]).toEqual(['page 201', 'made']);
    const fetched = Page.fromFetch(globalThis.Response.json({ a: 1 }, { status: 202 }));
    expect([fetched.title, await fetched.json()]).toEqual(['page 202', { a: 1 }]);
  });

  it('make the platform responses', async () => {
    const response = Response.json({ a: 1 }, { status: 202 });
    expect(await response.toFetch().json()).toEqual({ a: 1 });
    const head = response.toFetch(testEnviron({ method: 'HEAD' }));
    expect([head.status, await head.text()]).toEqual([202, '']);
    const request = { environ: testEnviron({ method: 'HEAD' }) };
    expect(await response.toFetch(request).text()).toBe('');
  });
});

describe('what is sent for a request', () => {
  it('can be had', () => {
    const { status, headers, body } = new Response('a').getGatewayResponse(testEnviron());
    expect(status).toBe('200 OK');
    expect(headers).toContainEqual(['Content-Length', '1']);
    expect(body).toEqual([bytes('a')]);
  });

  it('is given up when the server refuses its head', async () => {
    const cancel = vi.fn();
    const response = new Response(new ReadableStream({ cancel }), { status: 'wat' });
    const refuse = () => {
      throw new Error('refused');
    };
    expect(() => response(testEnviron(), refuse)).toThrow('refused');
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });

  it('is not given up for a request that comes too late', async () => {
    const cancel = vi.fn();
    const response = new Response(new ReadableStream({ cancel }));
    const body = response(testEnviron(), () => () => {});
    expect(() => response(testEnviron(), () => () => {})).toThrow(BodyConsumedError);
    expect(cancel).not.toHaveBeenCalled();
    await (body as { close(): unknown }).close();
  });
});
