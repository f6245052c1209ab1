import { AsyncLocalStorage } from 'node:async_hooks';
import { expectTypeOf } from 'vitest';
import { Local } from './local.ts';
import { LocalManager } from './local-manager.ts';
import { LocalProxy } from './local-proxy.ts';
import { LocalStack } from './local-stack.ts';
import { releaseLocal } from './release-local.ts';

const local = new Local<{ user: { name: string } }>();
expectTypeOf(local.user).toEqualTypeOf<{ name: string } | undefined>();
expectTypeOf(local('user')).toEqualTypeOf<{ name: string }>();
expectTypeOf(new LocalStack<number>().top).toEqualTypeOf<number | undefined>();
expectTypeOf(new LocalProxy(new AsyncLocalStorage<Date>())).toEqualTypeOf<Date>();
expectTypeOf(
  new LocalManager([local, new LocalStack<string>()]).run(() => 1),
).toEqualTypeOf<number>();
releaseLocal(local);

// @ts-expect-error no such attribute
local.usr = { name: 'ada' };
// @ts-expect-error no such attribute
local('usr');
// @ts-expect-error not a local
releaseLocal({});
// @ts-expect-error a primitive has no proxy
new LocalProxy(() => 1);
