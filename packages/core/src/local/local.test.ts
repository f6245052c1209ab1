import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Local } from './local.ts';
import { LocalManager } from './local-manager.ts';
import { LocalStack } from './local-stack.ts';
import { releaseLocal } from './release-local.ts';
import { UnboundLocalError } from './unbound-local-error.ts';

interface User {
  name: string;
}

describe('Local', () => {
  it('has the attributes that were set, and nothing else', () => {
    const local = new Local<{ user: User; page: number }>();
    expect(local.user).toBeUndefined();
    local.user = { name: 'ada' };
    local.page = 2;
    expect(local.user).toEqual({ name: 'ada' });
    expect('user' in local).toBe(true);
    expect('toString' in local).toBe(false);
    expect(Object.keys(local)).toEqual(['user', 'page']);
    expect([...local]).toEqual([
      ['user', { name: 'ada' }],
      ['page', 2],
    ]);
    delete local.page;
    delete local.page;
    expect(local.page).toBeUndefined();
    releaseLocal(local);
    expect([...local]).toEqual([]);
  });

  it('takes any name', () => {
    const local = new Local<Record<string, number>>();
    for (const name of ['name', 'length', 'prototype', '__proto__', 'constructor', 'then']) {
      local[name] = 1;
      expect(local[name], name).toBe(1);
    }
    expect(Object.keys(local)).toHaveLength(6);
  });

  it('keeps apart what concurrent tasks set', async () => {
    const local = new Local<{ id: number }>();
    const task = async (id: number) => {
      await null;
      local.id = id;
      await sleep(5 * (4 - id));
      return local.id;
    };
    expect(await Promise.all([1, 2, 3].map(task))).toEqual([1, 2, 3]);
    expect(local.id).toBeUndefined();
  });

  it('gives tasks what was set before they began, and takes nothing back', async () => {
    const local = new Local<{ id: number }>();
    local.id = 0;
    const seen: unknown[] = [];
    await Promise.all(
      [1, 2].map(async (id) => {
        await null;
        seen.push(local.id);
        local.id = id;
        await null;
        seen.push(local.id);
      }),
    );
    expect(seen).toEqual([0, 0, 1, 2]);
    expect(local.id).toBe(0);
  });

  it('gives proxies for its attributes', () => {
    const local = new Local<{ user: User }>();
    const user = local('user');
    expect(() => user.name).toThrow(UnboundLocalError);
    expect(() => user.name).toThrow(/There is no user in this context/);
    local.user = { name: 'ada' };
    expect(user.name).toBe('ada');
    user.name = 'grace';
    expect(local.user).toEqual({ name: 'grace' });
  });
});

describe('LocalStack', () => {
  it('pushes and pops', () => {
    const stack = new LocalStack<number>();
    expect(stack.top).toBeUndefined();
    expect(stack.pop()).toBeUndefined();
    expect(stack.push(1)).toEqual([1]);
    expect(stack.push(2)).toEqual([1, 2]);
    expect(stack.top).toBe(2);
    expect(stack.pop()).toBe(2);
    expect(stack.size).toBe(1);
    releaseLocal(stack);
    expect(stack.size).toBe(0);
  });

  it('keeps apart what concurrent tasks push', async () => {
    const stack = new LocalStack<number>();
    stack.push(0);
    const task = async (id: number) => {
      await null;
      stack.push(id);
      await sleep(1);
      return [stack.size, stack.pop(), stack.pop(), stack.pop()];
    };
    expect(await Promise.all([task(1), task(2)])).toEqual([
      [2, 1, 0, undefined],
      [2, 2, 0, undefined],
    ]);
    expect(stack.top).toBe(0);
  });

  it('gives a proxy for its top', () => {
    const stack = new LocalStack<User>();
    const user = stack.proxy({ unboundMessage: 'Nobody is here.' });
    expect(() => user.name).toThrow('Nobody is here.');
    stack.push({ name: 'ada' });
    stack.push({ name: 'grace' });
    expect(user.name).toBe('grace');
    stack.pop();
    expect(user.name).toBe('ada');
  });
});

describe('LocalManager.run', () => {
  it('shares the locals with all that is awaited within, and with nothing without', async () => {
    const local = new Local<{ user: string; before: string }>();
    const stack = new LocalStack<number>();
    const manager = new LocalManager([local, stack]);
    local.before = 'b';
    async function logIn() {
      await sleep(1);
      local.user = 'ada';
      stack.push(1);
    }
    const seen = await manager.run(async () => {
      await logIn();
      return [local.user, local.before, stack.top];
    });
    expect(seen).toEqual(['ada', 'b', 1]);
    expect(local.user).toBeUndefined();
    expect(stack.top).toBeUndefined();
  });

  it('releases the locals of one context and no other', async () => {
    const local = new Local<{ id: number }>();
    const manager = new LocalManager([local]);
    const inside = (id: number, isCleaned: boolean) =>
      manager.run(async () => {
        local.id = id;
        await sleep(1);
        if (isCleaned) manager.cleanup();
        await sleep(1);
        return local.id;
      });
    expect(await Promise.all([inside(1, true), inside(2, false)])).toEqual([undefined, 2]);
  });
});

it('releaseLocal takes nothing else', () => {
  expect(() => releaseLocal({} as never)).toThrow(TypeError);
});
