import { expect, it } from 'vitest';
import { serveExample } from './testing/serve-example.ts';

it('answers Hello World!, and ends on CTRL+C with exit code 0 and no stack', async () => {
  const hello = await serveExample('hello.ts');
  const response = await fetch(hello.url);
  expect(await response.text()).toBe('Hello World!');
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
  expect(await hello.interrupt()).toBe(0);
  expect(hello.output()).not.toMatch(/^ +at /m);
});
