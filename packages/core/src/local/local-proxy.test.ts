import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { currentObject, isBound, LocalProxy } from './local-proxy.ts';
import { UnboundLocalError } from './unbound-local-error.ts';

class Account {
  #balance = 1;
  owner = 'ada';
  get balance() {
    return this.#balance;
  }
  pay(amount: number) {
    this.#balance += amount;
    return this;
  }
}

describe('LocalProxy', () => {
  it('passes properties, methods and private fields on', () => {
    const account = new Account();
    const proxy = new LocalProxy(() => account);
    expect(proxy.balance).toBe(1);
    expect(proxy.pay(2)).toBe(account);
    proxy.owner = 'grace';
    expect(account.owner).toBe('grace');
    expect(proxy).toBeInstanceOf(Account);
    expect(proxy.constructor).toBe(Account);
    expect('pay' in proxy).toBe(true);
    expect(Object.keys(proxy)).toEqual(['owner']);
    expect({ ...proxy }).toEqual({ owner: 'grace' });
    expect(delete (proxy as Partial<Account>).owner).toBe(true);
    expect('owner' in account).toBe(false);
  });

  it('stands for collections and for functions', () => {
    const list = new LocalProxy(() => [1, 2]);
    expect([...list]).toEqual([1, 2]);
    expect(list.length).toBe(2);
    expect(JSON.stringify({ list, date: new LocalProxy(() => new Date(0)) })).toBe(
      '{"list":[1,2],"date":"1970-01-01T00:00:00.000Z"}',
    );
    expect(new LocalProxy(() => new Map([['a', 1]])).get('a')).toBe(1);
    const add = new LocalProxy(() => (a: number, b: number) => a + b, { callable: true });
    expect(add(1, 2)).toBe(3);
    const Kind = new LocalProxy(() => Account, { callable: true });
    expect(new Kind()).toBeInstanceOf(Account);
    expect(Object.getOwnPropertyNames(add)).toEqual(['length', 'name']);
  });

  it('stands for something else in each context', async () => {
    const storage = new AsyncLocalStorage<{ id: number }>();
    const proxy = new LocalProxy(storage);
    const ids = await Promise.all(
      [1, 2].map((id) =>
        storage.run({ id }, async () => {
          await null;
          return proxy.id;
        }),
      ),
    );
    expect(ids).toEqual([1, 2]);
    expect(isBound(proxy)).toBe(false);
  });

  it('is an error to use where there is nothing', () => {
    const proxy = new LocalProxy<Account>(() => undefined, { name: 'account' });
    const uses = [
      () => proxy.owner,
      () => 'owner' in proxy,
      () => Object.keys(proxy),
      () => proxy instanceof Account,
      () => currentObject(proxy),
    ];
    for (const use of uses) expect(use).toThrow(UnboundLocalError);
    expect(() => proxy.owner).toThrow(/no account in this context/);
    expect(() => proxy.owner).toThrow(
      expect.objectContaining({ code: 'WERKSTATT_ERR_UNBOUND_LOCAL' }),
    );
  });

  it('gives what it stands for', () => {
    const account = new Account();
    const proxy = new LocalProxy(() => account);
    expect(currentObject(proxy)).toBe(account);
    expect(isBound(proxy)).toBe(true);
    expect(() => currentObject(account)).toThrow(TypeError);
  });
});
