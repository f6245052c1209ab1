import { describe, expect, it } from 'vitest';
import { parseStack } from './stack-frames.ts';

const stack = `TypeError [ERR_X]: first line
second line
    at price (file:///srv/shop/a%20b.ts:16:9)
    at async Cart.total (/srv/shop/cart.ts:9:3)
    at file:///srv/shop/main.ts:1:1
    at Layer.handle (/srv/shop/node_modules/router/layer.js:95:5)
    at node:internal/main:5:1
    at async Promise.all (index 0)`;

describe('parseStack', () => {
  it('takes call and place apart', () => {
    expect(parseStack(stack, 'first line\nsecond line')).toMatchObject([
      { call: 'price', place: '/srv/shop/a b.ts:16:9' },
      { call: 'async Cart.total', place: '/srv/shop/cart.ts:9:3' },
      { call: '', place: '/srv/shop/main.ts:1:1' },
      { call: 'Layer.handle', place: '/srv/shop/node_modules/router/layer.js:95:5' },
      { call: '', place: 'node:internal/main:5:1' },
      { call: 'async Promise.all', place: 'index 0' },
    ]);
  });

  it('tells the code of the application from that of Node and of dependencies', () => {
    expect(parseStack(stack, '').map((frame) => frame.ofApplication)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('does not take lines of the message for frames', () => {
    const message = 'odd\n    at evil (file:///etc/passwd:1:1)';
    const frames = parseStack(`Error: ${message}\n    at real (file:///srv/a.ts:1:1)`, message);
    expect(frames.map(({ call }) => call)).toEqual(['real']);
  });

  it('finds the frames when the message was changed after the error was made', () => {
    expect(parseStack('Error: before\n    at a (/b.ts:1:1)', 'after')).toHaveLength(1);
  });

  it('keeps a place that is no valid URL as it is', () => {
    const [frame] = parseStack('Error: x\n    at a (file:///srv/%zz.ts:1:1)', 'x');
    expect(frame?.place).toBe('file:///srv/%zz.ts:1:1');
  });

  it('bounds the number of frames', () => {
    expect(parseStack(`Error: x\n${'    at a (/b.ts:1:1)\n'.repeat(5_000)}`, 'x')).toHaveLength(
      100,
    );
  });
});
