import { describe, expect, it } from 'vitest';
import { ClientDisconnected } from '../exceptions/bad-request.ts';
import { RequestEntityTooLarge } from '../exceptions/content-errors.ts';
import { ChunkInput } from './chunk-input.ts';
import { getContentLength } from './get-content-length.ts';
import { getInputStream, type InputEnviron } from './get-input-stream.ts';

const body = new TextEncoder().encode('hello world');
const environ = (changes: Partial<InputEnviron> = {}): InputEnviron => ({
  'gateway.input': new ChunkInput([body]),
  ...changes,
});
const text = async (stream: { read(): Promise<Uint8Array> }) =>
  new TextDecoder().decode(await stream.read());

describe('getContentLength', () => {
  it('reads plain digits, and takes anything else for an empty body', () => {
    const lengths: [string | undefined, number | null][] = [
      ['11', 11],
      [' 2\t', 2],
      ['0', 0],
      ['007', 7],
      [undefined, null],
      ['', null],
      ['a', 0],
      ['-1', 0],
      ['+3', 0],
      ['1_0', 0],
      ['1.5', 0],
      ['1e3', 0],
      ['0x10', 0],
      ['12 34', 0],
      ['1,1', 0],
      ['١', 0],
    ];
    for (const [CONTENT_LENGTH, length] of lengths) {
      expect(getContentLength({ CONTENT_LENGTH }), CONTENT_LENGTH).toBe(length);
    }
  });

  it('knows no length of a chunked body', () => {
    expect(getContentLength({ CONTENT_LENGTH: '5', HTTP_TRANSFER_ENCODING: 'Chunked' })).toBeNull();
    expect(getContentLength({ CONTENT_LENGTH: '5', HTTP_TRANSFER_ENCODING: 'gzip' })).toBe(5);
  });
});

describe('getInputStream', () => {
  it('ends at the stated length', async () => {
    expect(await text(getInputStream(environ({ CONTENT_LENGTH: '5' })))).toBe('hello');
    const cut = getInputStream(environ({ CONTENT_LENGTH: '20' }));
    await expect(cut.read()).rejects.toThrow(ClientDisconnected);
  });

  it('is empty when nobody knows where the input ends, unless that is wanted', async () => {
    expect(await text(getInputStream(environ()))).toBe('');
    expect(await text(getInputStream(environ({ CONTENT_LENGTH: '-5' })))).toBe('');
    expect(await text(getInputStream(environ({ HTTP_TRANSFER_ENCODING: 'chunked' })))).toBe('');
    expect(await text(getInputStream(environ(), { safeFallback: false }))).toBe('hello world');
  });

  it('is the input itself when the server terminates it', () => {
    const terminated = environ({ 'gateway.input_terminated': true, CONTENT_LENGTH: '3' });
    expect(getInputStream(terminated)).toBe(terminated['gateway.input']);
  });

  it('refuses more than the maximum, before reading where the length is known', async () => {
    const options = { maxContentLength: 10 };
    expect(() => getInputStream(environ({ CONTENT_LENGTH: '11' }), options)).toThrow(
      RequestEntityTooLarge,
    );
    const terminated = getInputStream(environ({ 'gateway.input_terminated': true }), options);
    await expect(terminated.read()).rejects.toThrow(RequestEntityTooLarge);
    const fitting = environ({ 'gateway.input_terminated': true });
    expect(await text(getInputStream(fitting, { maxContentLength: 11 }))).toBe('hello world');
  });
});
