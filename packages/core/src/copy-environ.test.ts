import { expect, it } from 'vitest';
import { copyEnviron } from './copy-environ.ts';
import type { Environ } from './protocol.ts';

it('copies an environ with its lazy keys and applies changes to the copy alone', () => {
  let computed = 0;
  const prototype = {
    get 'gateway.signal'() {
      computed++;
      return new AbortController().signal;
    },
  };
  const environ = Object.assign(Object.create(prototype), { PATH_INFO: '/a', HTTP_X: 'x' });
  const copy = copyEnviron(environ as Environ, { PATH_INFO: '/b', HTTP_X: undefined });
  expect(copy.PATH_INFO).toBe('/b');
  expect(copy.HTTP_X).toBeUndefined();
  expect(environ).toMatchObject({ PATH_INFO: '/a', HTTP_X: 'x' });
  expect(computed).toBe(0);
  expect(copy['gateway.signal']).toBeInstanceOf(AbortSignal);
});
