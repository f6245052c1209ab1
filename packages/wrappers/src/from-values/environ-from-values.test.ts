import { ArgumentError, type Environ, FileStorage, InvalidHeaderError } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes } from '../testing/environ.ts';
import { type EnvironValues, environFromValues } from './environ-from-values.ts';

const textOf = async (environ: Environ) =>
  new TextDecoder().decode(await environ['gateway.input'].read());

describe('environFromValues', () => {
  it('is GET http://localhost/ without values', async () => {
    const environ = environFromValues();
    expect({ ...environ }).toMatchObject({
      REQUEST_METHOD: 'GET',
      SCRIPT_NAME: '',
      PATH_INFO: '/',
      QUERY_STRING: '',
      REQUEST_URI: '/',
      SERVER_NAME: 'localhost',
      SERVER_PORT: '80',
      SERVER_PROTOCOL: 'HTTP/1.1',
      REMOTE_ADDR: '127.0.0.1',
      HTTP_HOST: 'localhost',
      'gateway.version': [1, 0],
      'gateway.url_scheme': 'http',
      'gateway.input_terminated': true,
    });
    expect(await textOf(environ)).toBe('');
    expect(environ['gateway.signal'].aborted).toBe(false);
    expect('toString' in environ || 'CONTENT_LENGTH' in environ).toBe(false);
  });

  it.each([
    ['/a%20b/%252F?x=%20', '/a b/%2F', 'x=%20', '/a%20b/%252F?x=%20'],
    ['/ä?ü=ö#part', '/ä', '%C3%BC=%C3%B6', '/%C3%A4?%C3%BC=%C3%B6'],
    ['a', '/a', '', '/a'],
    ['', '/', '', '/'],
    ['//x/y', '//x/y', '', '//x/y'],
    ['/?', '/', '', '/?'],
    ['/a b|c', '/a b|c', '', '/a%20b%7Cc'],
  ])('takes the path %s apart', (path, info, query, target) => {
    const environ = environFromValues({ path });
    expect([environ.PATH_INFO, environ.QUERY_STRING, environ.REQUEST_URI]).toEqual([
      info,
      query,
      target,
    ]);
  });

  it('is mounted at the path of the base URL', () => {
    const environ = environFromValues({
      path: '/x',
      baseUrl: 'https://bücher.example:8443/a%20b/',
    });
    expect(environ).toMatchObject({
      SCRIPT_NAME: '/a b',
      PATH_INFO: '/x',
      REQUEST_URI: '/a%20b/x',
      SERVER_NAME: 'xn--bcher-kva.example',
      SERVER_PORT: '8443',
      HTTP_HOST: 'xn--bcher-kva.example:8443',
      'gateway.url_scheme': 'https',
    });
    const local = environFromValues({ baseUrl: 'https://[::1]' });
    expect([local.SERVER_NAME, local.SERVER_PORT]).toEqual(['::1', '443']);
  });

  it('takes the query from one place', () => {
    expect(environFromValues({ queryString: 'a=ä&b#c' }).QUERY_STRING).toBe('a=%C3%A4&b%23c');
    expect(environFromValues({ args: { a: ['1', '2'], b: 'ä' } }).QUERY_STRING).toBe(
      'a=1&a=2&b=%C3%A4',
    );
    for (const values of [
      { path: '/?a', queryString: 'b' },
      { path: '/?a', args: { b: '1' } },
      { queryString: 'a', args: { b: '1' } },
    ]) {
      expect(() => environFromValues(values)).toThrow(ArgumentError);
    }
  });

  it.each([
    { baseUrl: 'ftp://localhost/' },
    { baseUrl: '/app' },
    { baseUrl: 'http://localhost/?a' },
    { baseUrl: 'http://me:secret@localhost/' },
    { method: 'A B' },
    { body: 'a', json: 1 },
    { body: 'a', form: {} },
    { json: 1, files: {} },
    { json: () => {} },
  ] as EnvironValues[])('refuses %j', (values) => {
    expect(() => environFromValues(values)).toThrow(ArgumentError);
  });

  it('has the header fields, repeated ones joined', () => {
    const headers = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Cookie', 'a=1'],
      ['Cookie', 'b=2'],
      ['X_B', '3'],
      ['Host', 'other.example'],
    ] as const;
    const environ = environFromValues({ headers });
    expect(environ).toMatchObject({
      HTTP_X_A: '1, 2',
      HTTP_COOKIE: 'a=1; b=2',
      HTTP_HOST: 'other.example',
    });
    expect(environ).not.toHaveProperty('HTTP_X_B');
    expect(environ['gateway.raw_headers']()).toEqual(headers);
    expect(() => environFromValues({ headers: { 'X-A': 'a\nb' } })).toThrow(InvalidHeaderError);
  });

  it('has other keys as they are set', () => {
    const { signal } = new AbortController();
    const environ = environFromValues({
      method: 'patch',
      remoteAddr: '192.0.2.1',
      serverProtocol: 'HTTP/1.0',
      signal,
      environ: { 'myapp.user': 'ada', SERVER_NAME: 'proxy' },
    });
    expect(environ).toMatchObject({
      REQUEST_METHOD: 'patch',
      REMOTE_ADDR: '192.0.2.1',
      SERVER_PROTOCOL: 'HTTP/1.0',
      SERVER_NAME: 'proxy',
      'myapp.user': 'ada',
    });
    expect(environ['gateway.signal']).toBe(signal);
  });
});

describe('the body of environFromValues', () => {
  async function bodyOf(values: EnvironValues): Promise<unknown[]> {
    const environ = environFromValues(values);
    const { CONTENT_TYPE: type, CONTENT_LENGTH: length, HTTP_TRANSFER_ENCODING: coding } = environ;
    return [await textOf(environ), type, length ?? coding];
  }

  it('is text, bytes, a blob or a stream', async () => {
    expect(await bodyOf({ body: 'ä' })).toEqual(['ä', undefined, '2']);
    expect(await bodyOf({ body: bytes('ab') })).toEqual(['ab', undefined, '2']);
    expect(await bodyOf({ body: bytes('ab').buffer as ArrayBuffer })).toEqual([
      'ab',
      undefined,
      '2',
    ]);
    expect(await bodyOf({ body: '' })).toEqual(['', undefined, '0']);
    const blob = new Blob(['ab'], { type: 'text/x' });
    expect(await bodyOf({ body: blob })).toEqual(['ab', 'text/x', '2']);
    expect(await bodyOf({ body: blob.stream() })).toEqual(['ab', undefined, 'chunked']);
    expect(await bodyOf({ body: [bytes('a'), bytes('b')] })).toEqual(['ab', undefined, 'chunked']);
    const headers = { 'Content-Length': '7' };
    expect(await bodyOf({ body: blob.stream(), headers })).toEqual(['ab', undefined, '7']);
  });

  it('is JSON', async () => {
    expect(await bodyOf({ json: { a: 'ä' } })).toEqual(['{"a":"ä"}', 'application/json', '10']);
    expect(await bodyOf({ json: null })).toEqual(['null', 'application/json', '4']);
    const contentType = 'application/problem+json';
    expect(await bodyOf({ json: 1, contentType })).toEqual(['1', contentType, '1']);
  });

  it('is a form', async () => {
    const type = 'application/x-www-form-urlencoded';
    expect(await bodyOf({ form: { a: ['1', 2], b: 'ä&' } })).toEqual([
      'a=1&a=2&b=%C3%A4%26',
      type,
      '19',
    ]);
    expect(await bodyOf({ form: [] })).toEqual(['', type, '0']);
  });

  it('is multipart with files, each under its name', async () => {
    const [text, type, length] = (await bodyOf({
      form: [
        ['a', 'ä'],
        ['n', null],
      ],
      files: {
        one: new File(['1'], 'eins.txt', { type: 'text/x' }),
        many: [bytes('2'), new FileStorage(bytes(''), { filename: 'drei.png' })],
      },
    })) as [string, string, string];
    const boundary = /^multipart\/form-data; boundary=(werkstatt-[0-9a-f-]{36})$/.exec(type)![1]!;
    expect(text).toBe(
      [
        `\r\n--${boundary}`,
        'Content-Disposition: form-data; name="a"',
        '',
        'ä',
        `--${boundary}`,
        'Content-Disposition: form-data; name="one"; filename="eins.txt"',
        'Content-Type: text/x',
        '',
        '1',
        `--${boundary}`,
        'Content-Disposition: form-data; name="many"; filename="many"',
        '',
        '2',
        `--${boundary}`,
        'Content-Disposition: form-data; name="many"; filename="drei.png"',
        '',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    );
    expect(length).toBe(String(bytes(text).length));
  });

  it('streams a file whose size is not known', async () => {
    let pulled = 0;
    const file = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulled++ < 3) controller.enqueue(bytes('x'));
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const environ = environFromValues({ files: { file } });
    expect(environ.HTTP_TRANSFER_ENCODING).toBe('chunked');
    expect(pulled).toBe(0);
    await environ['gateway.input'].read(10);
    expect(pulled).toBe(0);
    expect(await textOf(environ)).toContain('xxx');
  });

  it('is multipart without files where the type says so', async () => {
    const contentType = 'multipart/form-data';
    const [text, type] = await bodyOf({ form: { a: '1' }, contentType });
    expect(type).toMatch(/^multipart\/form-data; boundary=/);
    expect(text).toContain('name="a"');
    const body = '--x--';
    expect(await bodyOf({ body, contentType })).toEqual([body, contentType, '5']);
  });
});
