import { describe, expect, it } from 'vitest';
import { collectText } from '../../test/collect.ts';
import type { Environ, GatewayApp } from '../protocol.ts';
import { getPathInfo } from './get-path-info.ts';
import { responder } from './responder.ts';

const environ = { PATH_INFO: '/ä' } as Environ;
const answer =
  (text: string): GatewayApp =>
  (_environ, startResponse) => {
    startResponse('200 OK', [['X-Text', text]]);
    return [new TextEncoder().encode(text)];
  };

describe('responder', () => {
  it('answers with the application that the function makes', async () => {
    for (const app of [
      responder((request) => answer(request.PATH_INFO)),
      responder(async (request) => answer(request.PATH_INFO)),
    ]) {
      const heads: unknown[] = [];
      const body = await app(environ, (...head) => {
        heads.push(head);
        return () => {};
      });
      expect(heads).toEqual([['200 OK', [['X-Text', '/ä']]]]);
      expect(await collectText(body)).toBe('/ä');
    }
  });

  it('answers at once where nothing is to be waited for', () => {
    expect(responder(() => answer('a'))(environ, () => () => {})).toBeInstanceOf(Array);
  });
});

it('getPathInfo gives the path', () => {
  expect(getPathInfo(environ)).toBe('/ä');
  expect(getPathInfo({})).toBe('');
});
