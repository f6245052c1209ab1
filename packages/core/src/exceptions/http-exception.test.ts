import { describe, expect, it } from 'vitest';
import { Headers } from '../datastructures/headers.ts';
import {
  type Environ,
  GATEWAY_APP,
  type GatewayApp,
  type HeaderField,
  type HeaderList,
} from '../protocol.ts';
import { Unauthorized } from './access-denied.ts';
import { BadRequest, BadRequestKeyError } from './bad-request.ts';
import { RequestedRangeNotSatisfiable, UnsupportedMediaType } from './content-errors.ts';
import { defaultExceptions } from './default-exceptions.ts';
import { ERROR_CODES } from './error-codes.ts';
import { HTTPException } from './http-exception.ts';
import type { ProblemDetails } from './problem-details.ts';
import { TooManyRequests } from './request-limits.ts';
import { MethodNotAllowed, NotFound } from './resource-errors.ts';
import { InternalServerError, ServiceUnavailable } from './server-errors.ts';

function answer(
  app: GatewayApp,
  accept?: string,
): { status: string; headers: HeaderList; body: string } {
  let head: { status: string; headers: HeaderList } | undefined;
  const environ = { HTTP_ACCEPT: accept } as unknown as Environ;
  const body = app(environ, (status, headers) => {
    head = { status, headers };
    return () => {};
  });
  const [chunk] = [...(body as Iterable<Uint8Array>)];
  return { ...head!, body: new TextDecoder().decode(chunk) };
}

describe('HTTPException', () => {
  it('is an Error that other frameworks understand', () => {
    const error = new NotFound();
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'NotFound', code: 404, status: 404, statusCode: 404 });
    expect(error.errorCode).toBe('WERKSTATT_ERR_NOT_FOUND');
    expect(error.message).toBe(error.description);
    expect(error.stack).toMatch(/^NotFound: The requested URL/);
    expect(String(new NotFound('nothing'))).toBe('404 Not Found: nothing');
  });

  it('answers with a page in which the description is escaped', () => {
    const { status, headers, body } = answer(new NotFound('<b>"ü"</b>\nx').asApp());
    expect(status).toBe('404 Not Found');
    expect(body).toBe(`<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>&lt;b&gt;&#34;ü&#34;&lt;/b&gt;<br>x</p>
`);
    expect(headers).toEqual([
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Length', String(new TextEncoder().encode(body).length)],
    ]);
  });

  it('marks its application as a gateway app', () => {
    expect(Object.hasOwn(new NotFound().asApp(), GATEWAY_APP)).toBe(true);
  });

  it('answers with the response that it was given', () => {
    const response = Object.assign((() => []) as GatewayApp, { statusCode: 303 });
    const error = new HTTPException(undefined, { response });
    expect(error.asApp()).toBe(response);
    expect(error.code).toBe(303);
  });

  it('keeps its cause', () => {
    const cause = new Error('why');
    expect(new BadRequest('no', { cause }).cause).toBe(cause);
    const failure = new InternalServerError(undefined, { originalError: cause });
    expect(failure.cause).toBe(cause);
    expect(failure.originalError).toBe(cause);
    expect(failure.getBody()).not.toContain('why');
  });
});

describe('the body of an answer', () => {
  const error = new NotFound('<b>\x1b[31m"ü"');

  function typeFor(accept: string): string {
    return new Headers(answer(error.asApp(), accept).headers).getItem('Content-Type');
  }

  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['*/*', 'text/html; charset=utf-8'],
    ['image/png', 'text/html; charset=utf-8'],
    ['text/*', 'text/html; charset=utf-8'],
    ['garbage,;;,"', 'text/html; charset=utf-8'],
    ['application/json', 'application/problem+json'],
    ['application/json, text/plain, */*', 'application/problem+json'],
    ['application/problem+json', 'application/problem+json'],
    ['text/plain', 'text/plain; charset=utf-8'],
    ['application/json;q=0.5, text/plain', 'text/plain; charset=utf-8'],
    ['application/json;q=0, */*', 'text/html; charset=utf-8'],
  ])('for a client that accepts %s is %s', (accept, type) => {
    expect(typeFor(accept)).toBe(type);
  });

  it('is data that tells the error apart', () => {
    const { headers, body } = answer(error.asApp(), 'application/json');
    expect(JSON.parse(body)).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: '<b>\x1b[31m"ü"',
      code: 'WERKSTATT_ERR_NOT_FOUND',
    });
    expect(new Headers(headers).get('Content-Length')).toBe(
      String(new TextEncoder().encode(body).length),
    );
    expect(new Headers(headers).get('X-Content-Type-Options')).toBe('nosniff');
    expect(new Headers(headers).get('Vary')).toBe('Accept');
    expect(new HTTPException().getProblem()).not.toHaveProperty('detail');
  });

  it('is text without control characters', () => {
    expect(answer(error.asApp(), 'text/plain').body).toBe('404 Not Found\n\n<b>\ufffd[31m"ü"\n');
    expect(new NotFound('').getText()).toBe('404 Not Found\n');
  });

  it('has what a subclass adds, in every form', () => {
    class OutOfCredit extends HTTPException {
      static override readonly code: number = 402;
      override getHeaders(): HeaderField[] {
        return [...super.getHeaders(), ['X-Balance', '30']];
      }
      override getProblem(): ProblemDetails {
        return { ...super.getProblem(), type: 'https://example.com/credit', balance: 30 };
      }
    }
    const { status, headers, body } = answer(new OutOfCredit().asApp(), 'application/json');
    expect(status).toBe('402 Payment Required');
    expect(new Headers(headers).get('X-Balance')).toBe('30');
    expect(JSON.parse(body)).toMatchObject({ balance: 30, type: 'https://example.com/credit' });
  });

  it('is that of a subclass with a content type of its own', () => {
    class Csv extends NotFound {
      override getHeaders(): HeaderField[] {
        return [['Content-Type', 'text/csv']];
      }
      override getBody(): string {
        return '404,Not Found';
      }
    }
    const { headers, body } = answer(new Csv().asApp(), 'application/json');
    expect(headers[0]).toEqual(['Content-Type', 'text/csv']);
    expect(body).toBe('404,Not Found');
  });
});

describe('the classes of HTTP exceptions', () => {
  it('have a registered error code each, a status, a reason and a description', () => {
    const codes = [...defaultExceptions].map(([status, kind]) => {
      const error = new kind();
      expect(error.code).toBe(status);
      expect(error.reason).not.toBe('Unknown');
      expect(error.description).not.toBe('');
      expect(Object.keys(ERROR_CODES)).toContain(error.errorCode);
      return error.errorCode;
    });
    expect(new Set(codes).size).toBe(defaultExceptions.size);
  });

  it('add header fields for what they are given', () => {
    const fields = (error: HTTPException) =>
      new Headers(error.getHeaders()).toGatewayList().slice(1);
    expect(fields(new MethodNotAllowed(undefined, { validMethods: ['GET', 'HEAD'] }))).toEqual([
      ['Allow', 'GET, HEAD'],
    ]);
    expect(fields(new TooManyRequests(undefined, { retryAfter: 20 }))).toEqual([
      ['Retry-After', '20'],
    ]);
    expect(fields(new ServiceUnavailable(undefined, { retryAfter: new Date(0) }))).toEqual([
      ['Retry-After', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ]);
    expect(fields(new RequestedRangeNotSatisfiable(undefined, { length: 9 }))).toEqual([
      ['Content-Range', 'bytes */9'],
    ]);
    const acceptEncoding = ['gzip', 'br'];
    expect(fields(new UnsupportedMediaType(undefined, { acceptEncoding }))).toEqual([
      ['Accept-Encoding', 'gzip, br'],
    ]);
    expect(fields(new UnsupportedMediaType())).toEqual([]);
    const challenge = { toHeader: () => 'Bearer' };
    expect(fields(new Unauthorized('', { wwwAuthenticate: ['Basic realm=a', challenge] }))).toEqual(
      [
        ['WWW-Authenticate', 'Basic realm=a'],
        ['WWW-Authenticate', 'Bearer'],
      ],
    );
    expect(fields(new NotFound())).toEqual([]);
  });

  it('name a missing key to the client only when told to', () => {
    expect(new BadRequestKeyError('secret').description).not.toContain('secret');
    expect(new BadRequestKeyError('field', { showKey: true }).description).toContain('field');
    expect(new BadRequestKeyError('field').key).toBe('field');
  });
});

describe('instanceof', () => {
  it('follows the classes', () => {
    expect(new BadRequestKeyError('a')).toBeInstanceOf(BadRequest);
    expect(new BadRequest()).not.toBeInstanceOf(BadRequestKeyError);
    expect(new NotFound()).not.toBeInstanceOf(BadRequest);
    expect(new Error('x')).not.toBeInstanceOf(HTTPException);
    expect({ errorCode: 'WERKSTATT_ERR_NOT_FOUND' }).not.toBeInstanceOf(NotFound);
    expect(null).not.toBeInstanceOf(HTTPException);
  });

  it('holds for the exceptions of another copy of this package', async () => {
    const copy: typeof import('./bad-request.ts') = await import(
      './bad-request.ts?another-copy' as string
    );
    const base: typeof import('./http-exception.ts') = await import(
      './http-exception.ts?another-copy' as string
    );
    expect(base.HTTPException).not.toBe(HTTPException);
    class Foreign extends base.HTTPException {
      static override readonly errorCode: string = 'WERKSTATT_ERR_BAD_REQUEST';
    }
    expect(new Foreign()).toBeInstanceOf(HTTPException);
    expect(new Foreign()).toBeInstanceOf(BadRequest);
    expect(new Foreign()).not.toBeInstanceOf(NotFound);
    expect(new copy.BadRequestKeyError('a')).toBeInstanceOf(BadRequest);
    expect(new NotFound()).toBeInstanceOf(base.HTTPException);
  });

  it('does not take an exception for one of a subclass that has no code of its own', () => {
    class Mine extends NotFound {}
    expect(new NotFound()).not.toBeInstanceOf(Mine);
    expect(new Mine()).toBeInstanceOf(NotFound);
    expect(new Mine().name).toBe('Mine');
  });
});
